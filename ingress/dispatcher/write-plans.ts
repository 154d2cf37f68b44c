import type { Queryable } from '../../infra/database/pool.ts';

/** Marks webhooks as planned: they are never planned again. */
export async function markPlanned(tx: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const sorted = [...ids].sort();
  await tx.query({
    name: 'mark-planned',
    text: `update webhook set state = 'planned' where id = any($1::uuid[]) and id between $2 and $3`,
    values: [sorted, sorted[0], sorted.at(-1)],
  });
}

/** Marks webhooks that cannot be planned, each with its reason. */
export async function markFailed(tx: Queryable, failures: readonly { id: string; failure: string }[]): Promise<void> {
  if (failures.length === 0) return;
  await tx.query(
    `update webhook w set state = 'failed', failure = v.failure from unnest($1::uuid[], $2::text[]) v (id, failure) where w.id = v.id`,
    [failures.map(({ id }) => id), failures.map(({ failure }) => failure)],
  );
}
