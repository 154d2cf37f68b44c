import { v7 as uuidv7 } from 'uuid';
import { sealRaw } from '../../infra/crypto/webhook-raw.ts';
import { shardOf } from '../../infra/database/shard.ts';
import { writeWebhooks } from '../../infra/database/write-webhooks.ts';
import { createConfigCache } from '../../ingress/dispatcher/config-cache.ts';
import { BATCH_LIMITS, planShard } from '../../ingress/dispatcher/plan-shard.ts';
import { aWebhook } from '../support/a-webhook.ts';
import type { AdminWorld } from './admin-world.ts';

/** A webhook as the ingress would have kept it, planned at once as the dispatcher does. Answers its request id. */
export async function receivePlanned(world: AdminWorld, endpointId: string, body: string): Promise<string> {
  const { pool, cipher, config } = world.context;
  const id = uuidv7();
  const shard = shardOf(endpointId);
  const raw = sealRaw(cipher, { id, endpointId }, Buffer.from(body));
  await writeWebhooks(pool, [aWebhook({ id, endpointId, shard, raw, headers: '{"content-type":"application/json"}' })]);
  await planShard(
    {
      pool,
      cipher,
      cache: createConfigCache(),
      connection: 'desk',
      environment: { ticketPrefix: config.CW_TICKET_PREFIX, defaultCompanyId: config.CW_DEFAULT_COMPANY_ID },
    },
    shard,
    { ...BATCH_LIMITS, planMs: 5_000 },
  );
  return id;
}

/** Plays the worker: the incident of a webhook's first alert has this ticket, and its alerts are settled. */
export async function giveTicket(world: AdminWorld, requestId: string, ticketId: string): Promise<string> {
  const { rows } = await world.context.pool.query<{ id: string }>(
    `update incident set ticket_id = $2, phase = 'open', want = 'open', bell = false
      where id = (select incident_id from alert where webhook_id = $1 order by n limit 1) returning id`,
    [requestId, ticketId],
  );
  const [incident] = rows;
  if (!incident) throw new Error('The webhook has no incident.');
  await world.context.pool.query(
    `update alert set state = 'processed', settled = true, settled_at = now() where incident_id = $1`,
    [incident.id],
  );
  return incident.id;
}

/** How many rows every table has. */
export async function countRows(world: AdminWorld): Promise<Record<string, number>> {
  const { pool } = world.context;
  const tables = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables.rows) {
    const found = await pool.query<{ rows: number }>(`select count(*)::int as rows from ${name}`);
    counts[name] = found.rows[0]?.rows ?? -1;
  }
  return counts;
}
