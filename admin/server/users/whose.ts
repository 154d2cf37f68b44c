import { notFound } from '../errors.ts';
import { requireRole } from '../roles.ts';
import type { VerbContext } from '../verb.ts';
import { findUser } from './present.ts';

/** Whose things are meant: one's own as `me`, another's as an administrator. Throws `forbidden` or `not-found`. */
export async function whose({ actor, pool }: VerbContext, id: string): Promise<string> {
  const isPerson = actor.via === 'session' || actor.via === 'basic';
  if (isPerson && (id === 'me' || id === actor.id)) return actor.id;
  if (actor.company !== null) throw notFound('user');
  requireRole(actor, 'admin');
  return (await findUser(pool, id)).id;
}
