import { registerConnection } from '../../activities/tickets/register-connection.ts';
import type { ClosableTicketSystem } from '../../activities/tickets/connectwise/connectwise.ts';
import type { Pool } from '../../infra/database/pool.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import { anIncident, type IncidentBench } from './incident-bench.ts';

const NOTHING_CHOSEN = {
  status: null,
  closeStatus: null,
  type: null,
  subtype: null,
  item: null,
  priority: null,
  severity: null,
  impact: null,
};

/** An incident on the connection `connectwise`, whose tickets are made through the real adapter. Its clock is the present. */
export async function aConnectwiseIncident(
  pool: Pool,
  system: ClosableTicketSystem,
  changes: Partial<EndpointConfig['ticketing']> = {},
): Promise<IncidentBench> {
  await registerConnection(pool, { name: 'connectwise', kind: 'connectwise' });
  const incident = await anIncident(pool, { noteIntervalSeconds: 0, ...changes });
  const summary = `Alert: ${incident.key.slice(-8)}`;
  await pool.query(`update incident set connection = 'connectwise', summary = $2 where key = $1`, [
    incident.key,
    summary,
  ]);
  incident.nowMs = Date.now();
  Object.defineProperty(incident.deps, 'tickets', { value: system });
  incident.deps.connection = 'connectwise';
  const { alert } = incident;
  incident.alert = async (...args) => {
    const id = await alert(...args);
    await pool.query(
      `update webhook_text set plan = jsonb_set(plan::jsonb, '{alerts,0,ticket}', $2::jsonb || (plan::jsonb #> '{alerts,0,ticket}') || jsonb_build_object('summary', $3::text)) where id = $1`,
      [id, JSON.stringify(NOTHING_CHOSEN), summary],
    );
    return id;
  };
  return incident;
}
