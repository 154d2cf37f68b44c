import { LOCKS, LOCK_SPACE } from '../../infra/database/locks.ts';
import type { Queryable } from '../../infra/database/pool.ts';

/** Takes the shard for this transaction, unless another dispatcher has it. */
export async function lockShard(tx: Queryable, shard: number): Promise<boolean> {
  const { rows } = await tx.query<{ taken: boolean }>({
    name: 'lock-shard',
    text: 'select pg_try_advisory_xact_lock($1, $2) as taken',
    values: [LOCK_SPACE, LOCKS.shard + shard],
  });
  return rows[0]?.taken === true;
}
