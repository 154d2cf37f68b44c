import type { RefusalLog } from '../accept/refusal-log.ts';
import { Refused } from '../refusal.ts';
import type { IngressMiddleware } from '../request-state.ts';

const NOTHING = Buffer.alloc(0);

/** Notes for the history what was refused at a known endpoint, whatever the reason; the log keeps a few a minute. */
export function createKeepRefusals(refusals: RefusalLog): IngressMiddleware {
  return async function keepRefusals(ctx, next) {
    try {
      await next();
    } catch (error) {
      const { endpoint, requestId, clientIp, rawBody } = ctx.state;
      if (error instanceof Refused && endpoint !== undefined) {
        const { status, reason, message } = error;
        const { headers } = ctx.req;
        refusals.note({
          requestId,
          endpointId: endpoint.id,
          clientIp,
          status,
          reason,
          message,
          headers,
          rawBody: rawBody ?? NOTHING,
        });
      }
      throw error;
    }
  };
}
