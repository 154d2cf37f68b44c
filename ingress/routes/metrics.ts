import type { Registry } from 'prom-client';
import type { IngressMiddleware } from '../request-state.ts';

/** The series of this process, those of its dispatcher thread included. */
export function createMetricsRoute(registry: Registry, dispatcherText: () => Promise<string>): IngressMiddleware {
  return async function metricsRoute(ctx) {
    const [own, dispatcher] = await Promise.all([registry.metrics(), dispatcherText()]);
    ctx.set('Content-Type', registry.contentType);
    ctx.body = `${own}${dispatcher}`;
  };
}
