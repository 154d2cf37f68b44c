import { headers } from 'next/headers';
import type { z } from 'zod';
import { actorOf, isSameOrigin } from '../server/authenticate.ts';
import { contextOf } from '../server/context.ts';
import { isDatabaseAway } from '../server/database-away.ts';
import { VerbError, type FieldFault } from '../server/errors.ts';
import { runVerb, type Verb } from '../server/verb.ts';

/** What an action answers to the page: the verb's answer, or what a person can mend, with its places. */
export type Acted<T> =
  | { ok: true; value: T }
  | { ok: false; message: string; faults: readonly FieldFault[]; details?: VerbError['details'] };

/** Runs a verb for a page's action, as whoever is signed in. A request that does not come from our own pages is refused. */
export async function act<S extends z.ZodType, O>(verb: Verb<S, O>, input: unknown): Promise<Acted<O>> {
  const context = contextOf();
  const sent = await headers();
  if (!isSameOrigin(sent, context.config.ADMIN_URL))
    return { ok: false, message: 'A change must come from the console itself.', faults: [] };
  try {
    const actor = await actorOf(context, sent);
    if (actor === null)
      return { ok: false, message: 'You are signed out. Sign in again, then repeat this.', faults: [] };
    return { ok: true, value: await runVerb(verb, { ...context, actor }, input) };
  } catch (error) {
    if (error instanceof VerbError)
      return { ok: false, message: error.message, faults: error.faults, details: error.details };
    if (isDatabaseAway(error))
      return { ok: false, message: 'The database does not answer. Nothing was changed; try again.', faults: [] };
    throw error;
  }
}
