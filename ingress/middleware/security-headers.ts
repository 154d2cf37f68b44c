import type { IngressMiddleware } from '../request-state.ts';

/** No answer is to be guessed at or kept by caches. */
export const securityHeaders: IngressMiddleware = function securityHeaders(ctx, next) {
  ctx.res.setHeader('X-Content-Type-Options', 'nosniff');
  ctx.res.setHeader('Cache-Control', 'no-store');
  return next();
};
