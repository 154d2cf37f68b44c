import { needed, type Config } from '../infra/config/index.ts';
import { createPool } from '../infra/database/pool.ts';
import { createClientAddresses } from '../infra/http/client-address.ts';
import type { Logger } from '../infra/observability/logger.ts';
import { createApp } from './app.ts';
import { createHealthChecks } from './check-services.ts';
import type { DispatcherThread } from './dispatcher/start-dispatcher-thread.ts';
import { createHttpServer, SERVER_LIMITS } from './http-server.ts';
import type { Ingress } from './ingress.ts';
import { createProcessRegistry } from './ingress-metrics.ts';

/** Health and metrics of a process that only dispatches; it takes no webhooks. */
export async function startProbeServer(config: Config, log: Logger, dispatcher: DispatcherThread): Promise<Ingress> {
  const pool = createPool(needed(config, 'DATABASE_URL'), { name: 'probes', max: 2 });
  const app = createApp({
    log,
    clients: createClientAddresses(config.TRUSTED_PROXIES),
    registry: createProcessRegistry(),
    dispatcherMetrics: () => dispatcher.metrics(),
    health: createHealthChecks({ config, pool, dispatcher }),
    webhooks: null,
  });
  const server = createHttpServer(app.callback(), SERVER_LIMITS, () => undefined);
  return {
    port: await server.listen(config.PORT, config.HOST),
    ready: Promise.resolve(),
    async stop() {
      await server.close(0);
      await pool.end();
    },
  };
}
