import { headers } from 'next/headers';
import type { z } from 'zod';
import { isSameOrigin } from '../server/authenticate.ts';
import { isDatabaseAway } from '../server/database-away.ts';
import { VerbError, type FieldFault } from '../server/errors.ts';
import { runVerb, type Verb } from '../server/verb.ts';
import { pageContext } from './page-context.ts';

/** What an action answers to the page: the verb's answer, or what a person can mend, with its places. */
export type Acted<T> = { ok: true; value: T } | { ok: false; message: string; faults: readonly FieldFault[] };

/** Runs a verb for a page's action, as whoever is signed in. A request that does not come from our own pages is refused. */
export async function act<S extends z.ZodType, O>(verb: Verb<S, O>, input: unknown): Promise<Acted<O>> {
  const context = await pageContext();
  if (!isSameOrigin(await headers(), context.config.ADMIN_URL))
    return { ok: false, message: 'A change must come from the console itself.', faults: [] };
  try {
    return { ok: true, value: await runVerb(verb, context, input) };
  } catch (error) {
    if (error instanceof VerbError) return { ok: false, message: error.message, faults: error.faults };
    if (isDatabaseAway(error))
      return { ok: false, message: 'The database does not answer. Nothing was changed; try again.', faults: [] };
    throw error;
  }
}
