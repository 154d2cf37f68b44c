import type { AttemptLimit } from '../attempt-limit.ts';
import type { EndpointCache } from '../endpoint-cache.ts';
import { refused, type RefusalReason } from '../refusal.ts';
import { endpointKey, type IngressContext, type IngressMiddleware } from '../request-state.ts';

/**
 * Whether the endpoint takes this request: enabled, then every verifier in order. A body over the limit is told before anything
 * that needs its bytes. An address that failed too often here is told so instead; good credentials always pass: before a refusal
 * the endpoint is looked up once more, so that a token that was just made opens.
 */
export function createVerify(attempts: AttemptLimit, cache: EndpointCache): IngressMiddleware {
  return async function verify(ctx, next) {
    const first = firstObjection(ctx);
    const reason = first === null || first === 'body-too-large' ? first : await objectionNow(ctx, cache);
    if (reason === null) return next();
    const { clientIp, endpoint } = ctx.state;
    const isAttempt = reason !== 'disabled' && reason !== 'body-too-large';
    if (isAttempt && !attempts.count(`${endpoint?.id} ${clientIp}`)) throw refused('too-many-attempts');
    const headers: Record<string, string> = reason.endsWith('-bearer') ? { 'WWW-Authenticate': 'Bearer' } : {};
    throw refused(reason, { words: { ip: clientIp }, headers });
  };
}

async function objectionNow(ctx: IngressContext, cache: EndpointCache): Promise<RefusalReason | null> {
  const endpoint = await cache.findAgain(endpointKey(ctx));
  if (endpoint === null) {
    delete ctx.state.endpoint;
    throw refused('endpoint-not-found');
  }
  ctx.state.endpoint = endpoint;
  return firstObjection(ctx);
}

function firstObjection(ctx: IngressContext): RefusalReason | null {
  const { endpoint, rawBody, clientIp, isBodyTooLarge } = ctx.state;
  if (endpoint === undefined || rawBody === undefined)
    throw new Error('Verification runs after the endpoint is loaded and the body is read.');
  if (!endpoint.enabled) return 'disabled';
  const request = { headers: ctx.req.headers, rawBody, clientIp, now: Date.now() };
  for (const { needsBody, verify } of endpoint.verifiers) {
    if (needsBody && isBodyTooLarge) return 'body-too-large';
    const reason = verify(request);
    if (reason !== null) return reason;
  }
  return isBodyTooLarge ? 'body-too-large' : null;
}
