import { roleIncludes, type Role } from '../../infra/auth/roles.ts';
import { scopesInclude } from '../../infra/auth/scopes.ts';
import type { Actor } from './actor.ts';
import { VerbError } from './errors.ts';

/** What of a verb decides who may run it. `ofCompany` says that it shows and changes only the things of the actor's company. */
export interface Guarded {
  name: string;
  role: Role;
  ofCompany?: true;
}

const READS = /\.(list|get)$/;

/**
 * Throws `forbidden` unless the actor's role and scopes include the verb. Whoever is limited to a company may run only verbs
 * that honour the limit: a verb that says nothing of it is refused.
 */
export function requireAccess(actor: Actor, verb: Guarded): void {
  requireRole(actor, verb.role);
  const kind = verb.role === 'viewer' || READS.test(verb.name) ? 'read' : 'write';
  if (!scopesInclude(actor.scopes ?? [], verb.name, kind))
    throw new VerbError('forbidden', 'The scopes of this API key do not include this.');
  if (actor.company !== null && verb.ofCompany !== true)
    throw new VerbError('forbidden', 'Whoever is limited to a company may not do this.');
}

/** Throws `forbidden` unless the actor's role includes `needed`. */
export function requireRole(actor: Actor, needed: Role): void {
  if (!roleIncludes(actor.role, needed)) throw new VerbError('forbidden', `This needs the role ${needed}.`);
}
