import type { IncidentBench } from './incident-bench.ts';

/** Whether an alert of the incident is not settled, asked of Postgres: thousands are too many to read. */
export async function hasUnsettled(incident: IncidentBench): Promise<boolean> {
  const { rows } = await incident.pool.query<{ waits: boolean }>(
    'select exists (select from alert a join incident i on i.id = a.incident_id where i.key = $1 and not a.settled) as waits',
    [incident.key],
  );
  return rows[0]?.waits === true;
}

/** `count` open alerts of the incident at once, the first with the message "first". */
export async function manyAlerts(incident: IncidentBench, count: number): Promise<void> {
  await incident.alert('open', 'first');
  const { rows } = await incident.pool.query(
    'select webhook_id, seq, endpoint_id, incident_id from alert where incident_id = $1',
    [(await incident.row())['id']],
  );
  const first = rows[0] as Record<string, unknown>;
  await incident.pool.query(
    `insert into alert (webhook_id, n, seq, endpoint_id, incident_id, kind, state, settled, message, received_at)
     select $1::uuid, g, $2::bigint, $3, $4, 'open', 'open', false, 'down ' || g, now() from generate_series(1, $5::int - 1) g`,
    [first['webhook_id'], first['seq'], first['endpoint_id'], first['incident_id'], count],
  );
}
