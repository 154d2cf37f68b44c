import type { Pool } from '../database/pool.ts';
import type { HistoryFilter } from '../history/filter.ts';
import { matchingIds } from '../history/matching-ids.ts';

const PAGE = 51;

/** Milliseconds under which 95 of 100 pages of a filter come, the first of each run included: ids, then their rows. */
export async function measureFilter(pool: Pool, filter: HistoryFilter, rounds: number): Promise<number> {
  const took: number[] = [];
  let before: string | null = null;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const { text, values } = matchingIds(filter, { before, order: 'newest', limit: PAGE });
    const { rows }: { rows: { id: string }[] } = await pool.query<{ id: string }>(text, values);
    const ids = rows.map(({ id }) => id).sort();
    await pool.query(
      `select w.id, t.plan, (select jsonb_agg(a.*) from alert a where a.webhook_id = w.id)
         from webhook w left join webhook_text t on t.id = w.id where w.id = any($1::uuid[]) and w.id between $2 and $3`,
      [ids, ids[0] ?? null, ids.at(-1) ?? null],
    );
    took.push(performance.now() - began);
    before = rows.length === PAGE ? (ids[0] ?? null) : null;
  }
  return took.sort((a, b) => a - b)[Math.ceil(rounds * 0.95) - 1] ?? Number.NaN;
}
