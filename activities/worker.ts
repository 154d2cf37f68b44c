import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type LogMetadata } from '@temporalio/worker';
import { Registry } from 'prom-client';
import { chosenConnection, ConfigError, needed, readConfig, type Config } from '../infra/config/index.ts';
import { createCipher, parseEncryptionKey } from '../infra/crypto/cipher.ts';
import { createLiveNotifier } from '../infra/database/live-feed-notifier.ts';
import { createMaskingWords } from '../infra/database/masking-words.ts';
import { createPool, type Pool } from '../infra/database/pool.ts';
import { createLogger, type Logger } from '../infra/observability/logger.ts';
import { workflowBundle } from './workflow-bundle.ts';
import { temporalConnectionOptions } from '../infra/temporal/connection-options.ts';
import { startCatalogReading } from '../infra/temporal/start-catalog.ts';
import { prepareTemporal } from '../infra/temporal/prepare.ts';
import { runningWorkflows } from '../infra/temporal/running-workflows.ts';
import { announceChanges } from './announce-changes.ts';
import { analysisMetrics } from './analysis/analysis-metrics.ts';
import { createLanguageModel } from './analysis/create-language-model.ts';
import { createBells } from './bells.ts';
import type { ActivityDeps, HeartbeatSettings } from './deps.ts';
import { createHeartbeatLine } from './heartbeats/heartbeat-line.ts';
import { startHeartbeatWatch } from './heartbeats/heartbeat-watch.ts';
import { createActivities } from './index.ts';
import { readInstallation } from './installation.ts';
import { createOtherSystems, createTicketSystem } from './tickets/create-ticket-system.ts';
import { ticketMetrics } from './tickets/ticket-metrics.ts';
import { callbackUrl } from './psa-callbacks/callback-url.ts';
import { startWorkerServer } from './worker-server.ts';
import { createWorkers } from './workers.ts';

const POOL_SIZE = 8;
/**
 * A timer of Temporal's is as late as its workflow task was long, and the way from it to an activity takes a second and more while
 * processors are short; what is awake already is exact. Where silences come thick, looks in time go before tickets.
 */
const HEARTBEATS: HeartbeatSettings = { leadMs: 6_000, ringsPerSecond: 4 };
const RETRY_MS = 1_000;
const PREPARE_MS = 10_000;
const LIST_MS = 60_000;
/** A catalog older than this is read again when a worker starts. */
const CATALOG_FRESH_MS = 4 * 3_600_000;

/** The worker process: configuration, dependencies, bundle, run, drain. Ends with the workers. */
async function main(): Promise<void> {
  const config = readConfig();
  const words = createMaskingWords();
  const logger = createLogger('worker', config.LOG_LEVEL, { maskingWords: words.current });
  const sdkMetricsPort = await freePort();
  installRuntime(logger, sdkMetricsPort);
  const pool = createPool(needed(config, 'DATABASE_URL'), {
    name: 'worker',
    max: POOL_SIZE,
    prepared: true,
  });
  words.follow(pool);
  const bundle = await workflowBundle(
    fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    join(config.HOOKWISE_DATA_DIR, 'cache'),
  );
  const installation = await untilItWorks(logger, 'Postgres', () => readInstallation(pool));
  const connection = await untilItWorks(logger, 'Temporal', () =>
    NativeConnection.connect(temporalConnectionOptions(config)),
  );
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
  await untilItWorks(logger, 'Temporal namespace', () =>
    client.withDeadline(Date.now() + PREPARE_MS, () => prepareTemporal(client, config.TEMPORAL_NAMESPACE)),
  );
  const deps = await untilItWorks(logger, 'Postgres', () => createDeps(config, pool, logger, client, installation));
  const callsPerSecond = deps.settings.callsPerSecond;
  const live = createLiveNotifier({ url: needed(config, 'DATABASE_URL'), name: 'worker', logger });
  const workers = await createWorkers({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    bundle,
    activities: announceChanges(createActivities(deps), () => live.changed('incident')),
    ticketStepsPerSecond: callsPerSecond,
  });
  const server = await startWorkerServer({
    port: config.WORKER_METRICS_PORT,
    host: config.HOST,
    sdkMetricsUrl: `http://127.0.0.1:${sdkMetricsPort}/metrics`,
    metrics: () => Registry.merge([ticketMetrics, analysisMetrics]).metrics(),
    isReady: () => workers.every((worker) => worker.getState() === 'RUNNING'),
  });
  logger.info(
    { ticketSystem: deps.tickets.describe().name, port: config.WORKER_METRICS_PORT },
    'The worker is running',
  );
  void readOldCatalog(client, logger);
  const heartbeatWatch = startHeartbeatWatch(deps);
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await heartbeatWatch.stop();
    server.close();
    await live.stop();
    await connection.close();
    await pool.end();
  }
}

async function createDeps(
  config: Config,
  pool: Pool,
  logger: Logger,
  client: Client,
  installation: string,
): Promise<ActivityDeps> {
  const tickets = await createTicketSystem(config, pool);
  return {
    pool,
    cipher: createCipher(
      parseEncryptionKey(needed(config, 'ENCRYPTION_KEY')),
      config.ENCRYPTION_KEYS_OLD.map(parseEncryptionKey),
    ),
    logger,
    tickets,
    model: createLanguageModel(config),
    connection: chosenConnection(config),
    elsewhere: createOtherSystems(config, pool),
    bells: createBells(client, pool, logger),
    heartbeats: createHeartbeatLine(client),
    running: (type) => client.withDeadline(Date.now() + LIST_MS, () => runningWorkflows(client, type)),
    settings: {
      installation,
      lagBudgetMs: config.PSA_LAG_BUDGET * 1000,
      retentionDays: config.LOG_RETENTION_DAYS,
      modelFreshMs: config.VIABILITY_TTL * 1000,
      heartbeats: HEARTBEATS,
      callsPerSecond: chosenConnection(config) === 'desk' ? null : config.PSA_CALLS_PER_SECOND,
      callbackUrl: callbackUrl(config.PUBLIC_URL),
      defaults: { defaultBoard: config.CW_SERVICE_BOARD, defaultCompanyId: config.CW_DEFAULT_COMPANY_ID },
    },
  };
}

/** The reading is Temporal's from here on; where it cannot be asked for, the schedule brings the next. */
async function readOldCatalog(client: Client, logger: Logger): Promise<void> {
  const deadline = new Date(Date.now() + PREPARE_MS);
  await startCatalogReading(client, { youngerThanMs: CATALOG_FRESH_MS }, deadline).catch((error: unknown) =>
    logger.warn({ err: error }, 'The reading of the catalog could not be started'),
  );
}

function installRuntime(logger: Logger, metricsPort: number): void {
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
      logger[level === 'ERROR' ? 'error' : 'warn'](plain(meta), message),
    ),
    telemetryOptions: {
      metrics: {
        prometheus: {
          bindAddress: `127.0.0.1:${metricsPort}`,
          countersTotalSuffix: true,
          unitSuffix: true,
          useSecondsForDurations: true,
        },
      },
    },
  });
}

function plain(meta: LogMetadata | undefined): Record<string, unknown> {
  const { error, ...rest } = meta ?? {};
  return error === undefined ? rest : { ...rest, err: error };
}

async function untilItWorks<T>(logger: Logger, what: string, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      logger.warn({ err: error, what }, 'A server is not there yet; trying again');
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
  });
}

/** Open connections would keep a process alive that does nothing any more; one that ends is started again. */
main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else createLogger('worker', 'error').error({ err: error }, 'The worker has ended with an error');
  process.exit(1);
});
