import type { IngressMetrics } from '../ingress-metrics.ts';
import type { IngressMiddleware } from '../request-state.ts';

/** The series of this process, those of its dispatcher thread included. */
export function createMetricsRoute(metrics: IngressMetrics, dispatcherText: () => Promise<string>): IngressMiddleware {
  return async function metricsRoute(ctx) {
    const [own, dispatcher] = await Promise.all([metrics.registry.metrics(), dispatcherText()]);
    ctx.set('Content-Type', metrics.registry.contentType);
    ctx.body = `${own}${dispatcher}`;
  };
}
