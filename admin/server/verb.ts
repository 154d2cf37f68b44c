import type { z } from 'zod';
import type { Role } from '../../infra/auth/roles.ts';
import type { Actor } from './actor.ts';
import type { AdminContext } from './context.ts';
import { invalid, notFound } from './errors.ts';
import { requireAccess } from './roles.ts';

/** What a verb works with: the process's context and whoever asks. */
export interface VerbContext extends AdminContext {
  actor: Actor;
}

/** One thing the console and REST can do: who may, what it takes, what it answers. */
export interface Verb<S extends z.ZodType, O> {
  name: string;
  role: Role;
  /** The verb looks at `companyOf`: whoever is limited to a company may run it. */
  ofCompany?: true;
  input: S;
  run(context: VerbContext, input: z.output<S>): Promise<O>;
}

export function defineVerb<S extends z.ZodType, O>(verb: Verb<S, O>): Verb<S, O> {
  return verb;
}

/** Checks role, scopes and company, parses `input` and runs the verb. Throws `VerbError`; the input's `id` that is no id reads as "not there". */
export async function runVerb<S extends z.ZodType, O>(
  verb: Verb<S, O>,
  context: VerbContext,
  input: unknown,
): Promise<O> {
  requireAccess(context.actor, verb);
  const parsed = await verb.input.safeParseAsync(input);
  if (parsed.success) return verb.run(context, parsed.data);
  if (parsed.error.issues.some((issue) => issue.path[0] === 'id')) throw notFound(verb.name.split('.')[0] ?? 'thing');
  throw invalid(faultsOf(parsed.error.issues));
}

/** Zod's issues as places and words; the wrapping `body` or `query` is left out of the place. */
export function faultsOf(issues: readonly z.core.$ZodIssue[]): { path: string; message: string }[] {
  return issues.flatMap((issue) => {
    const steps = issue.path[0] === 'body' || issue.path[0] === 'query' ? issue.path.slice(1) : issue.path;
    const place = steps.map(String);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...place, key].join('.'), message: 'This field is not known.' }));
    return [{ path: place.join('.'), message: issue.message }];
  });
}
