import { refused } from '../refusal.ts';
import type { IngressMiddleware } from '../request-state.ts';

/** What stands behind the handlers of a path: `OPTIONS` is told what is allowed, any other method is refused with it. */
export function createMethodNotAllowed(allow: string): IngressMiddleware {
  return function methodNotAllowed(ctx) {
    if (ctx.method !== 'OPTIONS') throw refused('method-not-allowed', { headers: { Allow: allow } });
    ctx.set('Allow', allow);
    ctx.status = 204;
  };
}

/** Lets `POST` through and treats every other method as `createMethodNotAllowed` does. */
export function createOnlyPost(allow: string): IngressMiddleware {
  const others = createMethodNotAllowed(allow);
  return function onlyPost(ctx, next) {
    return ctx.method === 'POST' ? next() : others(ctx, next);
  };
}
