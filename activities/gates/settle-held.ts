import { createHash, randomUUID } from 'node:crypto';
import { inTransaction, type Queryable } from '../../infra/database/pool.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import { outageIncidentKey } from '../../workflows/contracts/ids.ts';
import { outagePolicyOf, outageReason, type HeldAndGone } from '../../workflows/domain/holding-pen.ts';
import type { ActivityDeps } from '../deps.ts';
import { tellOutage } from './tell-outage.ts';

export interface HeldEndpoint {
  id: string;
  name: string;
  shard: number;
  version: number;
  config: EndpointConfig;
}

interface GoneRow extends HeldAndGone {
  id: string;
  company: string | null;
}

/** Waits for a ticket, wants none any more, and neither a request nor an untaken alert is on its way. */
const CAME_AND_WENT = `i.connection = $1 and i.phase = 'waiting' and i.want = 'closed' and i.ticket_id is null and i.posting_at is null
  and i.converge_at is null and i.owed_ticket_id is null
  and exists (select from alert a where a.incident_id = i.id and not a.settled and a.batch is not null and a.kind <> 'close')
  and not exists (select from alert a where a.incident_id = i.id and not a.settled and a.batch is null)`;

/**
 * Settles, an endpoint a transaction, the incidents that opened and recovered while the gate was closed, and tells those of
 * `summary` by one ticket for each company. The settled rows are taken over from their runs, so that a step under way writes
 * nothing more; they stay `waiting` until the gate rings them.
 */
export async function settleHeld(
  deps: ActivityDeps,
  { connection, now }: { connection: string; now: string },
): Promise<{ settled: number; summaries: number }> {
  const { rows } = await deps.pool.query<HeldEndpoint>(
    `select id, name, shard, version, config from endpoint
     where coalesce(config->'ticketing'->>'outagePolicy', 'both') <> 'both'
       and id in (select i.endpoint_id from incident i where ${CAME_AND_WENT})`,
    [connection],
  );
  const done = { settled: 0, summaries: 0 };
  const told: string[] = [];
  for (const endpoint of rows) {
    const one = await inTransaction(deps.pool, (tx) => settleEndpoint(tx, deps, endpoint, connection, now));
    done.settled += one.settled;
    done.summaries += one.keys.length;
    told.push(...one.keys);
  }
  await deps.bells.ringIncidents(told);
  return done;
}

async function settleEndpoint(
  tx: Queryable,
  deps: ActivityDeps,
  endpoint: HeldEndpoint,
  connection: string,
  now: string,
): Promise<{ settled: number; keys: string[] }> {
  const policy = outagePolicyOf(endpoint.config.ticketing);
  if (policy === 'both') return { settled: 0, keys: [] };
  const gone = await lockGone(tx, endpoint.id, connection);
  const keys: string[] = [];
  const byCompany = new Map<string | null, GoneRow[]>();
  for (const row of gone) byCompany.set(row.company, [...(byCompany.get(row.company) ?? []), row]);
  for (const [company, rows] of byCompany) {
    const key = policy === 'summary' ? outageIncidentKey(endpoint.id, company === null ? '' : digestOf(company)) : null;
    await settle(tx, rows, { reason: outageReason(policy, key), policy, now });
    if (key === null) continue;
    keys.push(key);
    await tellOutage(tx, { deps, endpoint, connection, company, key, gone: rows, now });
  }
  return { settled: gone.length, keys };
}

async function lockGone(tx: Queryable, endpointId: string, connection: string): Promise<GoneRow[]> {
  const locked = await tx.query<{ id: string }>(
    `select i.id from incident i where i.endpoint_id = $2 and ${CAME_AND_WENT} order by i.key for no key update of i`,
    [connection, endpointId],
  );
  const { rows } = await tx.query<Omit<GoneRow, 'openedAt' | 'recoveredAt'> & { openedAt: Date; recoveredAt: Date }>(
    `select i.id, i.summary, i.company, min(a.received_at) as "openedAt", max(a.received_at) as "recoveredAt", count(*)::int as alerts
     from incident i join alert a on a.incident_id = i.id and not a.settled and a.batch is not null
     where i.id = any($1) group by i.id, i.summary, i.company`,
    [locked.rows.map(({ id }) => id)],
  );
  return rows.map((row) => ({
    ...row,
    openedAt: row.openedAt.toISOString(),
    recoveredAt: row.recoveredAt.toISOString(),
  }));
}

async function settle(
  tx: Queryable,
  rows: readonly GoneRow[],
  { reason, policy, now }: { reason: string; policy: string; now: string },
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await tx.query(
    `update alert set state = 'skipped', settled = true, action = 'none', ticket = null, error = $2, settled_at = $3
     where incident_id = any($1) and not settled and batch is not null`,
    [ids, reason, now],
  );
  await tx.query(
    `insert into incident_event (incident_id, episode, at, kind, text, data)
     select id, episode, $2::timestamptz, 'outage-over', $3::text, jsonb_build_object('policy', $4::text, 'error', error) from incident where id = any($1)`,
    [ids, now, reason, policy],
  );
  await tx.query(
    `update incident set want = 'none', chain = $2, batch_open = false, calm_since = null, pending = null, draft_webhook_id = null,
       draft_n = null, error = null, error_at = null, attempts = 0, next_try_at = null, posting_rounds = 0, posting_looks = 0,
       updated_at = clock_timestamp()
     where id = any($1)`,
    [ids, `gate:${randomUUID()}`],
  );
}

function digestOf(company: string): string {
  return createHash('sha256').update(company).digest('hex').slice(0, 24);
}
