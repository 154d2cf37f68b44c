import type { Next } from 'koa';
import type { IngressContext, IngressMiddleware } from './request-state.ts';

type Step = (ctx: IngressContext, next: Next) => unknown;

/** One middleware of several, joined once: the router would join them anew at each request. */
export function inOrder(steps: readonly IngressMiddleware[]): IngressMiddleware {
  const last: Step = (_, next) => next();
  return steps.reduceRight<Step>(
    (rest, step) => (ctx, next) => step(ctx, () => Promise.resolve(rest(ctx, next))),
    last,
  );
}
