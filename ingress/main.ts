import { ConfigError, readConfig } from '../infra/config/index.ts';
import { createMaskingWords } from '../infra/database/masking-words.ts';
import { createLogger, type Logger } from '../infra/observability/logger.ts';
import { PLANNER_MEMORY, startDispatcherThread } from './dispatcher/start-dispatcher-thread.ts';
import { SERVER_LIMITS } from './http-server.ts';
import { startIngress } from './ingress.ts';
import { startProbeServer } from './probe-server.ts';

const DRAIN_MS = 10_000;
const DISPATCHER_GRACE_MS = 2_000;
const ROLES = ['ingress', 'dispatcher'];

/** The ingress process: accepts webhooks, dispatches them in a thread, or only one of both as `ROLES` says. Drains on SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig();
  const words = createMaskingWords();
  const log = createLogger('ingress', config.LOG_LEVEL, { maskingWords: words.current });
  if (config.ROLES.length === 0 || !config.ROLES.every((role) => ROLES.includes(role)))
    throw new ConfigError([`ROLES: only ${ROLES.join(' and ')} can be named, and at least one.`]);
  const dispatcher = config.ROLES.includes('dispatcher') ? startDispatcherThread(log, PLANNER_MEMORY) : null;
  const isAccepting = config.ROLES.includes('ingress') || dispatcher === null;
  const ingress = isAccepting
    ? await startIngress(config, log, dispatcher, SERVER_LIMITS, words)
    : await startProbeServer(config, log, dispatcher);
  endOnSignals(log, () => Promise.all([ingress.stop(), dispatcher?.stop(DISPATCHER_GRACE_MS)]));
  log.info({ port: ingress.port, roles: config.ROLES }, 'The ingress listens');
  await ingress.ready;
}

function endOnSignals(log: Logger, stop: () => Promise<unknown>): void {
  let isEnding = false;
  const end = (signal: string) => {
    if (isEnding) return;
    isEnding = true;
    log.info({ signal }, 'The process stops accepting and settles what is in hand');
    setTimeout(() => {
      log.error('The process could not end in time');
      process.exit(1);
    }, DRAIN_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The process did not end cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
