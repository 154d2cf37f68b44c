import type { z } from 'zod';
import { rest, type RouteHandler } from '../rest.ts';
import type { Verb } from '../verb.ts';
import type { OrderOutcome } from './schemas.ts';

/** An order over REST: 200 when it was carried out, 202 when it is kept and will be. */
export function restOrder<S extends z.ZodType>(verb: Verb<S, OrderOutcome>): RouteHandler {
  return rest(verb, { takes: 'body', status: ({ state }) => (state === 'done' ? 200 : 202) });
}
