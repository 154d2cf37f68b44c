import type { Logger } from '../../infra/observability/logger.ts';
import { refusalBody, Refused, refused } from '../refusal.ts';
import type { IngressMiddleware } from '../request-state.ts';

/** Turns everything thrown below it into a JSON answer: a refusal as it is, anything else as 500 with its text in the log only. */
export function createErrorBoundary(log: Logger): IngressMiddleware {
  return async function errorBoundary(ctx, next) {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof Refused))
        log.error({ err: error, requestId: ctx.state.requestId }, 'A request failed unexpectedly');
      const refusal = error instanceof Refused ? error : refused('internal');
      ctx.status = refusal.status;
      ctx.set(refusal.headers);
      ctx.type = 'json';
      ctx.body = refusalBody(refusal.message, ctx.state.requestId);
    }
  };
}
