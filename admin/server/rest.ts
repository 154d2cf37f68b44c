import type { z } from 'zod';
import { requireActor } from './authenticate.ts';
import { contextOf, type AdminContext } from './context.ts';
import { isDatabaseAway } from './database-away.ts';
import { VerbError } from './errors.ts';
import { problemOf } from './problem.ts';
import { readJson, readQuery } from './read-json.ts';
import { runVerb, type Verb } from './verb.ts';

type RouteParams = { params: Promise<Record<string, string | string[]>> };
export type RouteHandler = (request: Request, route: RouteParams) => Promise<Response>;

/** Where the verb's input comes from: the path's names lie beside `query` and `body`; an exact body keeps the sender's digits. `status` may depend on the answer. */
export interface RestOptions<O> {
  takes?: 'query' | 'body' | 'exact-body' | 'both';
  status?: number | ((answer: O) => number);
}

/** A route handler that authenticates, parses, runs `verb` and answers JSON; every refusal is problem+json. */
export function rest<S extends z.ZodType, O>(verb: Verb<S, O>, options: RestOptions<O> = {}): RouteHandler {
  return async (request, route) =>
    answering(async (context) => {
      const actor = await requireActor(context, request);
      const input: Record<string, unknown> = { ...(await route.params) };
      if (options.takes === 'query' || options.takes === 'both') input['query'] = readQuery(request.url);
      if (options.takes === 'body' || options.takes === 'both') input['body'] = await readJson(request);
      if (options.takes === 'exact-body') input['body'] = await readJson(request, 'exact');
      const answer = await runVerb(verb, { ...context, actor }, input).catch((error: unknown) => {
        throw options.takes === 'query' && isUnfitValue(error) ? unfitQuery(error) : error;
      });
      const status = typeof options.status === 'function' ? options.status(answer) : (options.status ?? 200);
      return status === 204 ? new Response(null, { status }) : json(answer, status);
    });
}

/** Runs `work` over the process's context; what it throws becomes problem+json, and the log where nobody expected it. */
export async function answering(work: (context: AdminContext) => Promise<Response>): Promise<Response> {
  const context = contextOf();
  try {
    return await work(context);
  } catch (error) {
    if (error instanceof VerbError) return problemOf(error);
    if (isDatabaseAway(error))
      return problemOf(new VerbError('unavailable', 'The database does not answer at the moment.', { cause: error }));
    context.logger.error({ err: error }, 'A request failed unexpectedly');
    return problemOf(error);
  }
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** Postgres read a value that came in as another kind (class 22); in a query that is a cursor nobody gave out. */
function isUnfitValue(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
}

function unfitQuery(cause: unknown): VerbError {
  const message = 'This is no cursor of this list.';
  return new VerbError('invalid', message, { faults: [{ path: 'cursor', message }], cause });
}
