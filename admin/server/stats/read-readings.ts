import type { Queryable } from '../../../infra/database/pool.ts';
import { planReading, type Reading } from '../../../infra/statistics/plan-reading.ts';

/** How the counts from `from` on are read, of webhooks with their alerts and of refusals: what is folded so, the rest from the rows. */
export async function readReadings(
  db: Queryable,
  from: Date,
  unit: 'hour' | 'day',
): Promise<{ webhooks: Reading; refusals: Reading }> {
  const { rows } = await db.query<{ unit: 'hour' | 'day'; at: Date; family: 'webhook' | 'refusal' }>(
    'select unit, at, family from statistic_fold where at >= $1',
    [from],
  );
  const of = (family: 'webhook' | 'refusal') =>
    planReading(
      rows.filter((row) => row.family === family),
      from,
      unit,
      new Date(),
    );
  return { webhooks: of('webhook'), refusals: of('refusal') };
}
