import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { roleIncludes, type Role } from '../../infra/auth/roles.ts';
import { actorOf } from '../server/authenticate.ts';
import { contextOf } from '../server/context.ts';
import { VerbError } from '../server/errors.ts';
import type { VerbContext } from '../server/verb.ts';

/** The context of a page for whoever is signed in; sends everyone else to the sign-in page. */
export async function pageContext(): Promise<VerbContext> {
  const context = contextOf();
  const actor = await actorOf(context, await headers());
  if (actor === null) redirect('/sign-in');
  return { ...context, actor };
}

/** The same for a page that is for `role` and above: for others it is not there. */
export async function pageContextFor(role: Role): Promise<VerbContext> {
  const context = await pageContext();
  if (!roleIncludes(context.actor.role, role)) notFound();
  return context;
}

/** What `ask` answers, or the not-found page where the verb says that the thing is not there. */
export async function orNotFound<T>(ask: Promise<T>): Promise<T> {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof VerbError && error.code === 'not-found') notFound();
    throw error;
  }
}
