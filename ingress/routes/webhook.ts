import type { VerifiedWebhook } from '../accept/accept-webhook.ts';
import { answerOf, type InboxOutcome } from '../accept/outcome.ts';
import { Refused } from '../refusal.ts';
import type { IngressMiddleware } from '../request-state.ts';

/** The last step: what passed every check is accepted, and answered 202 once it is committed. */
export function createWebhookRoute(
  acceptWebhook: (webhook: VerifiedWebhook) => Promise<InboxOutcome>,
): IngressMiddleware {
  return async function webhook(ctx) {
    const { requestId, endpoint, clientIp, rawBody } = ctx.state;
    if (endpoint === undefined || rawBody === undefined)
      throw new Error('A webhook is accepted after it was verified.');
    const deciding = acceptWebhook({ requestId, endpoint, clientIp, headers: ctx.req.headers, rawBody });
    ctx.state.rawBody = NOTHING;
    const answer = answerOf(await deciding);
    if (answer instanceof Refused) throw answer;
    ctx.state.outcome = answer.label;
    ctx.status = 202;
    if (answer.requestId !== requestId) ctx.set('X-Request-Id', answer.requestId);
    ctx.res.setHeader('Content-Type', 'application/json; charset=utf-8');
    ctx.body = answer.body;
  };
}

const NOTHING = Buffer.alloc(0);
