import type { AttemptLimit } from '../attempt-limit.ts';
import { refused, type RefusalReason } from '../refusal.ts';
import type { IngressContext, IngressMiddleware } from '../request-state.ts';

/**
 * Whether the endpoint takes this request: enabled, then every verifier in order. A body over the limit is told before anything
 * that needs its bytes. An address that failed too often here is told so instead; good credentials always pass.
 */
export function createVerify(attempts: AttemptLimit): IngressMiddleware {
  return function verify(ctx, next) {
    const reason = firstObjection(ctx);
    if (reason === null) return next();
    const { clientIp, endpoint } = ctx.state;
    const isAttempt = reason !== 'disabled' && reason !== 'body-too-large';
    if (isAttempt && !attempts.count(`${endpoint?.id} ${clientIp}`)) throw refused('too-many-attempts');
    const headers: Record<string, string> = reason.endsWith('-bearer') ? { 'WWW-Authenticate': 'Bearer' } : {};
    throw refused(reason, { words: { ip: clientIp }, headers });
  };
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
