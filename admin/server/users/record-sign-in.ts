import type { SignInEvent } from '../../../infra/auth/sign-in-journal.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import { writeAudit } from '../audit.ts';

/** The audit row of what a person did to their own access. */
export function recordSignIn(db: Queryable, { action, userId, email, sourceIp }: SignInEvent): Promise<void> {
  const actor = { via: 'session', id: userId, name: email, role: 'viewer', company: null, sourceIp } as const;
  return writeAudit(db, actor, { action, entity: 'user', entityId: userId });
}
