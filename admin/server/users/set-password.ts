import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../../infra/database/pool.ts';

/** Stores a hashed password as the one to sign in with, instead of an earlier one. */
export async function setPassword(tx: Queryable, userId: string, hash: string): Promise<void> {
  const changed = await tx.query(
    `update auth.account set password = $2, "updatedAt" = now() where "userId" = $1 and "providerId" = 'credential'`,
    [userId, hash],
  );
  if (changed.rowCount !== 0) return;
  await tx.query(
    `insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
     values ($1, $2, 'credential', $2, $3, now(), now())`,
    [randomUUID(), userId, hash],
  );
}
