import { hostname } from 'node:os';
import { createCipher, parseEncryptionKey } from '../infra/crypto/cipher.ts';
import { needed, type Config } from '../infra/config/index.ts';
import { createClientAddresses } from '../infra/http/client-address.ts';
import { checkServer, UnfitServerError } from '../infra/database/check-server.ts';
import { createMaskingWords, type MaskingWords } from '../infra/database/masking-words.ts';
import { ensurePartitions } from '../infra/database/partitions.ts';
import { createPool } from '../infra/database/pool.ts';
import { writeWebhooks } from '../infra/database/write-webhooks.ts';
import type { Logger } from '../infra/observability/logger.ts';
import { createAcceptWebhook } from './accept/accept-webhook.ts';
import { createInboxWriter, INBOX_LIMITS } from './accept/inbox-writer.ts';
import { createRefusalLog, REFUSAL_LIMITS } from './accept/refusal-log.ts';
import { createSeenLog } from './accept/seen-log.ts';
import { writeRefusals } from './accept/write-refusals.ts';
import { writeSeen } from './accept/write-seen.ts';
import { createApp } from './app.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import { inBackground } from './background.ts';
import { createBodyBudget } from './body-budget.ts';
import { createHealthChecks } from './check-services.ts';
import { listenForConfig } from './config-listener.ts';
import { createDatabaseWatch } from './database-watch.ts';
import type { DispatcherThread } from './dispatcher/start-dispatcher-thread.ts';
import { createEndpointCache, ENDPOINT_CACHE_LIMITS } from './endpoint-cache.ts';
import { createHttpServer, SERVER_LIMITS, type ServerLimits } from './http-server.ts';
import { createIngressMetrics, createProcessRegistry } from './ingress-metrics.ts';
import { createLoadByKey } from './load-by-key.ts';
import { BEAT_EVERY_MS, createProcessBeat } from './process-beat.ts';
import { createPsaCallbacks } from './psa-callbacks/create-callbacks.ts';
import { refused } from './refusal.ts';
import { withinDeadline } from './within-deadline.ts';

const WRITE_MS = 4_000;
const BACKGROUND_MS = 3_000;
const CLOSE_MS = 1_500;
const PARTITIONS_EVERY_MS = 3_600_000;
const BODIES = { totalBytes: 64 * 1024 * 1024, bytesPerAddress: 32 * 1024 * 1024 };
const ATTEMPTS = { burst: 1_000, perSecond: 10, makers: 10_000 };

export interface Ingress {
  port: number;
  /** Rejects when Postgres turns out to be unfit to keep what is accepted. */
  ready: Promise<void>;
  /** Stops accepting, settles what is in hand, writes what waits. */
  stop(): Promise<void>;
}

/** Listens at once; until Postgres is there and fit, and whenever it is away, webhooks are answered 503. */
export async function startIngress(
  config: Config,
  log: Logger,
  dispatcher: DispatcherThread | null,
  limits: ServerLimits = SERVER_LIMITS,
  words: MaskingWords = createMaskingWords(),
): Promise<Ingress> {
  const url = needed(config, 'DATABASE_URL');
  const cipher = createCipher(
    parseEncryptionKey(needed(config, 'ENCRYPTION_KEY')),
    config.ENCRYPTION_KEYS_OLD.map(parseEncryptionKey),
  );
  const inboxPool = createPool(url, { name: 'inbox', max: INBOX_LIMITS.batchesInFlight });
  const retryPool = createPool(url, { name: 'inbox-retry', max: INBOX_LIMITS.batchesInFlight });
  const pool = createPool(url, { name: 'ingress', max: 4 });
  const now = () => Date.now();

  const makePartitions = async () => void (await ensurePartitions(pool, 1, new Date()));
  const watch = createDatabaseWatch({
    log,
    isFatal: (error) => error instanceof UnfitServerError,
    async probe() {
      await withinDeadline(pool, BACKGROUND_MS, checkServer);
      await makePartitions();
    },
  });
  const seen = createSeenLog({
    now,
    write: (rows) => withinDeadline(pool, BACKGROUND_MS, (client) => writeSeen(client, rows)),
  });
  const refusals = createRefusalLog({
    now,
    log,
    limits: REFUSAL_LIMITS,
    maskingWords: words.current,
    write: (rows) => withinDeadline(pool, BACKGROUND_MS, (client) => writeRefusals(client, rows)),
  });
  const inbox = createInboxWriter({
    watch,
    log,
    limits: INBOX_LIMITS,
    ensurePartitions: makePartitions,
    write: (rows, isSecondTry) =>
      withinDeadline(
        isSecondTry ? retryPool : inboxPool,
        WRITE_MS,
        (client) => writeWebhooks(client, rows),
        isSecondTry,
      ),
    committed(rows) {
      dispatcher?.accepted([...new Set(rows.map(({ shard }) => shard))]);
      for (const row of rows) seen.note(row.endpointId, row.sourceIp);
    },
  });
  const endpoints = createEndpointCache({
    now,
    limits: ENDPOINT_CACHE_LIMITS,
    overloaded: () => refused('overloaded'),
    load: createLoadByKey({ pool, cipher, watch, log }),
  });
  const registry = createProcessRegistry();
  const metrics = createIngressMetrics(registry, {
    queuedBytes: inbox.queuedBytes,
    queuedRows: inbox.queuedRows,
    isDatabaseReachable: watch.isReachable,
  });

  const bodies = createBodyBudget(BODIES);

  const app = createApp({
    log,
    clients: createClientAddresses(config.TRUSTED_PROXIES),
    registry,
    dispatcherMetrics: () => dispatcher?.metrics() ?? Promise.resolve(''),
    health: createHealthChecks({ config, pool, dispatcher, isAccepting: watch.isReachable }),
    webhooks: {
      metrics,
      endpoints,
      bodies,
      attempts: createAttemptLimit(ATTEMPTS, now),
      refusals,
      acceptWebhook: createAcceptWebhook({ cipher, inbox, maskingWords: words.current }),
      psaCallbacks: createPsaCallbacks({ config, pool, log, registry, bodies, now }),
      settings: {
        bodyLimitBytes: config.MAX_CONTENT_LENGTH_KB * 1024,
        corsOrigins: config.CORS_ORIGINS,
        forceHttps: config.FORCE_HTTPS,
        publicUrl: config.PUBLIC_URL,
      },
    },
  });
  const server = createHttpServer(app.callback(), limits, (reason) => metrics.refused.inc({ reason }));
  const port = await server.listen(config.PORT, config.HOST);

  const changed = () => {
    endpoints.clear();
    void words.refresh(pool).catch(() => undefined);
  };
  const listener = listenForConfig({ url, pool, log, changed });
  const following = words.follow(pool);
  const { beat } = createProcessBeat({
    process: `${hostname()}:${process.pid}`,
    write: (work) => withinDeadline(pool, BACKGROUND_MS, work),
  });
  const beatWhileAccepting = async () => (watch.isReachable() ? await beat() : undefined);
  const background = [
    inBackground('beat', BEAT_EVERY_MS, log, beatWhileAccepting),
    inBackground('write refusals', 500, log, refusals.flush),
    inBackground('write last seen', 1_000, log, () => seen.flush(false)),
    inBackground('make partitions', PARTITIONS_EVERY_MS, log, makePartitions),
  ];

  return {
    port,
    ready: watch.start(),
    async stop() {
      await beatWhileAccepting().catch(() => undefined);
      await server.close(CLOSE_MS);
      await inbox.drain();
      watch.stop();
      following.stop();
      await Promise.all([listener.stop(), ...background.map((work) => work.stop())]);
      await Promise.allSettled([refusals.flush(), seen.flush(true)]);
      await Promise.all([inboxPool.end(), retryPool.end(), pool.end()]);
    },
  };
}
