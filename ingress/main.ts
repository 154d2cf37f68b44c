import { ConfigError, readConfig } from '../infra/config/index.ts';
import { createLogger, type Logger } from '../infra/observability/logger.ts';
import { startDispatcherThread, type DispatcherHost } from './dispatcher-host.ts';
import { startIngress, type Ingress } from './ingress.ts';

const DRAIN_MS = 10_000;
const ROLES = ['ingress', 'dispatcher'];

/** The ingress process: accepts webhooks, dispatches them in a thread, or only one of both as `ROLES` says. Drains on SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLogger('ingress', config.LOG_LEVEL);
  const unknown = config.ROLES.filter((role) => !ROLES.includes(role));
  if (unknown.length > 0 || config.ROLES.length === 0) throw new ConfigError([`ROLES: names of ${ROLES.join(' and ')} are taken.`]);
  const dispatcher = config.ROLES.includes('dispatcher')
    ? startDispatcherThread({ entry: new URL('./dispatcher/dispatcher-thread.ts', import.meta.url), log })
    : null;
  const ingress = await startIngress(config, log, dispatcher);
  endOnSignals(ingress, dispatcher, log);
  log.info({ port: ingress.port, roles: config.ROLES }, 'The ingress listens');
  await ingress.ready;
}

function endOnSignals(ingress: Ingress, dispatcher: DispatcherHost | null, log: Logger): void {
  let isEnding = false;
  const end = (signal: string) => {
    if (isEnding) return;
    isEnding = true;
    log.info({ signal }, 'The ingress stops accepting and settles what is in hand');
    setTimeout(() => {
      log.error('The ingress could not end in time');
      process.exit(1);
    }, DRAIN_MS).unref();
    Promise.all([ingress.stop(), dispatcher?.stop()]).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The ingress did not end cleanly');
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
