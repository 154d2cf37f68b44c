import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Pool } from '../../../infra/database/pool.ts';
import { ringIncident } from '../../../infra/temporal/ring.ts';
import type { OutagePolicy } from '../../../workflows/contracts/endpoint-config.ts';
import type { AlertKind } from '../../../workflows/contracts/plan.ts';
import { aConfig } from '../../support/builders.ts';

export interface PenEndpoint {
  id: string;
  name: string;
  connection: string;
  keys: string[];
}

let seq = 1_000_000;

/** An endpoint of a connection with so many incidents, none of which has an alert yet. */
export async function aPen(
  pool: Pool,
  given: { name: string; connection: string; policy: OutagePolicy; incidents: number; priority?: string },
): Promise<PenEndpoint> {
  const id = randomUUID();
  const config = aConfig({ ticketing: { outagePolicy: given.policy, noteIntervalSeconds: 30 } });
  await pool.query(
    `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher) values ($1, $2, $3, 0, $4, '', '')`,
    [id, given.name, config, Buffer.from(id)],
  );
  await pool.query(`insert into connection (name, kind) values ($1, 'desk') on conflict do nothing`, [
    given.connection,
  ]);
  const numbers = Array.from({ length: given.incidents }, (_, index) => index);
  const keys = numbers.map((index) => `incident:${id}:i${index}`);
  await pool.query(
    `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest, priority)
     select gen_random_uuid(), key, $1, 0, $2, $3, $3 || ' ' || ordinality, key, $5 from unnest($4::text[]) with ordinality as k(key, ordinality)`,
    [id, given.connection, given.name, keys, given.priority ?? null],
  );
  return { id, name: given.name, connection: given.connection, keys };
}

/** One alert for each of these incidents, as the planner writes them, the bells raised and rung. */
export async function alertAll(pool: Pool, client: Client, keys: readonly string[], kind: AlertKind): Promise<void> {
  const planned = keys.map((key) => ({ key, id: uuidv7(), seq: seq++ }));
  await pool.query(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as g(key text, id uuid, seq bigint)),
       t as (
         insert into webhook_text (id, body, search, plan)
         select g.id, '{}', '', jsonb_build_object('alerts', jsonb_build_array(jsonb_build_object('n', 0, 'ticket',
           jsonb_build_object('summary', i.summary, 'description', i.summary, 'companyId', null, 'board', null))))
         from given g join incident i on i.key = g.key
       )
     insert into alert (webhook_id, n, seq, endpoint_id, incident_id, kind, state, settled, message, received_at)
     select g.id, 0, g.seq, i.endpoint_id, i.id, $2, 'open', false, $2 || ' ' || g.key, clock_timestamp() from given g join incident i on i.key = g.key`,
    [JSON.stringify(planned), kind],
  );
  await pool.query('update incident set bell = true where key = any($1)', [keys]);
  const { rows } = await pool.query<{ key: string; endpointId: string; summary: string }>(
    `select key, endpoint_id as "endpointId", summary from incident where key = any($1)`,
    [keys],
  );
  for (let from = 0; from < rows.length; from += 25)
    await Promise.all(rows.slice(from, from + 25).map((row) => ringIncident(client, { ...row, company: null })));
}

/** How many incidents of a connection are in each phase. */
export async function phasesOf(pool: Pool, connection: string): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ phase: string; n: number }>(
    'select phase, count(*)::int as n from incident where connection = $1 group by phase',
    [connection],
  );
  return Object.fromEntries(rows.map(({ phase, n }) => [phase, n]));
}

function uuidv7(): string {
  const hex = Date.now().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
}
