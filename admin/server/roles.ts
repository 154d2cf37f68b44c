import { roleIncludes, type Role } from '../../infra/auth/roles.ts';
import type { Actor } from './actor.ts';
import { VerbError } from './errors.ts';

/** Throws `forbidden` unless the actor's role includes `needed`. Whoever is limited to a company is refused until lists honour the limit. */
export function requireRole(actor: Actor, needed: Role): void {
  if (actor.company !== null) throw new VerbError('forbidden', 'Access limited to a company is not available yet.');
  if (!roleIncludes(actor.role, needed)) throw new VerbError('forbidden', `This needs the role ${needed}.`);
}
