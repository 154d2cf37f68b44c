import koaCors from '@koa/cors';
import type { IngressMiddleware } from '../request-state.ts';

const PREFLIGHT_SECONDS = 600;

/** Lets browsers of the named origins post webhooks; `*` is everyone. Answers the preflight. Never with credentials. */
export function createCors(origins: readonly string[]): IngressMiddleware {
  const isOpen = origins.includes('*');
  const cors = koaCors({
    origin: (ctx) => {
      const { origin } = ctx.req.headers;
      if (isOpen) return '*';
      return origin !== undefined && origins.includes(origin) ? origin : '';
    },
    allowMethods: ['POST', 'OPTIONS'],
    exposeHeaders: ['X-Request-Id', 'Retry-After'],
    maxAge: PREFLIGHT_SECONDS,
  }) as IngressMiddleware;
  return (ctx, next) => (ctx.req.headers.origin === undefined ? next() : cors(ctx, next));
}
