import type { Logger } from '../../infra/observability/logger.ts';
import { Refused } from '../refusal.ts';
import type { IngressContext, IngressMiddleware } from '../request-state.ts';

/** One line a request, without its key: refusals at `info`, the accepted at `debug`, since each of those is in history anyway. */
export function createAccessLog(log: Logger): IngressMiddleware {
  const line = (ctx: IngressContext, status: number, refusal?: Refused) => {
    const level = status < 400 ? 'debug' : 'info';
    if (!log.isLevelEnabled(level)) return;
    const { requestId, clientIp, endpoint, startedAt } = ctx.state;
    const about = {
      requestId,
      method: ctx.method,
      route: routeOf(ctx.path),
      status,
      clientIp,
      endpointId: endpoint?.id,
      reason: refusal?.reason,
    };
    log[level]({ ...about, ms: Math.round((performance.now() - startedAt) * 10) / 10 }, 'Request answered');
  };
  return async function accessLog(ctx, next) {
    try {
      await next();
    } catch (error) {
      line(ctx, error instanceof Refused ? error.status : 500, error instanceof Refused ? error : undefined);
      throw error;
    }
    line(ctx, ctx.status);
  };
}

function routeOf(path: string): string {
  return path.replace(/^\/(webhook|w)\/[^/]+/, '/$1/********').slice(0, 200);
}
