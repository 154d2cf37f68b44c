import type { Queryable } from '../../infra/database/pool.ts';
import type { AlertRow } from '../../infra/database/write-alerts.ts';

/** A close passes a window at once: the held opens before it are over, and stay as a line of history. */
export async function settleHeldBefore(tx: Queryable, alerts: readonly AlertRow[]): Promise<void> {
  const last = new Map<string, AlertRow>();
  for (const alert of alerts)
    if (alert.kind === 'close' && alert.state === 'open' && alert.incidentId !== null)
      last.set(alert.incidentId, alert);
  if (last.size === 0) return;
  const closes = [...last.values()];
  await tx.query({
    name: 'settle-held-before',
    text: `update alert a set state = 'skipped', settled = true, settled_at = clock_timestamp()
             from unnest($1::uuid[], $2::bigint[], $3::integer[]) c (incident_id, seq, n)
            where a.incident_id = c.incident_id and a.state = 'held' and (a.seq, a.n) < (c.seq, c.n)`,
    values: [[...last.keys()], closes.map(({ seq }) => seq), closes.map(({ n }) => n)],
  });
}
