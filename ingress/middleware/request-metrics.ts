import type { IngressMetrics } from '../ingress-metrics.ts';
import { Refused, REFUSALS } from '../refusal.ts';
import type { IngressMiddleware } from '../request-state.ts';

/** Counts each webhook by how it ended and times the accepted ones. */
export function createRequestMetrics(metrics: IngressMetrics): IngressMiddleware {
  return async function requestMetrics(ctx, next) {
    try {
      await next();
    } catch (error) {
      const reason = error instanceof Refused ? error.reason : 'internal';
      metrics.received.inc({ status: REFUSALS[reason].label });
      metrics.refused.inc({ reason });
      throw error;
    }
    if (ctx.state.outcome === undefined) return;
    metrics.accepted[ctx.state.outcome].inc();
    metrics.acceptSeconds.observe((performance.now() - ctx.state.startedAt) / 1000);
  };
}
