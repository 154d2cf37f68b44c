import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { v7 } from 'uuid';
import { ensurePartitions } from '../../infra/database/partitions.ts';
import type { Pool } from '../../infra/database/pool.ts';
import { registerConnection } from '../../activities/tickets/register-connection.ts';
import { ringHeartbeat } from '../../infra/temporal/ring-heartbeat.ts';
import type { OrderKind } from '../../workflows/contracts/incident.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import { createFakeTickets, type FakeTickets } from './fake-tickets.ts';
import { anIncident, type IncidentBench } from './incident-bench.ts';

const TIMEOUT_MINUTES = 120;

/** An incident whose endpoint's silence is watched too, lived by real workflows in skipped time. */
export interface WatchedIncident extends IncidentBench {
  endpointId: string;
  /** The ticket system of all silences of the pool. */
  silences: FakeTickets;
  /** A person asks for something: the order is kept and the bell raised, as the verb does. */
  ask(kind: OrderKind): Promise<void>;
  watch(): Promise<void>;
  unwatch(): Promise<void>;
  /** No alert and no order waits for anything. */
  isSettled(): Promise<boolean>;
}

const silencesOf = new WeakMap<Pool, FakeTickets>();

export async function aWatchedIncident(
  pool: Pool,
  env: TestWorkflowEnvironment,
  ticketing: Partial<EndpointConfig['ticketing']>,
): Promise<WatchedIncident> {
  const bench = await anIncident(pool, ticketing);
  bench.nowMs = await env.currentTimeMs();
  const endpointId = bench.key.split(':')[1] ?? '';
  await registerConnection(pool, { name: 'silences', kind: 'desk' });
  const silences = silencesOf.get(pool) ?? createFakeTickets(() => Date.now());
  silencesOf.set(pool, silences);
  await pool.query(`update endpoint set created_at = $2, config = jsonb_set(config, '{heartbeat}', $3) where id = $1`, [
    endpointId,
    new Date(bench.nowMs),
    { enabled: true, timeoutMinutes: TIMEOUT_MINUTES },
  ]);
  await pool.query(
    `insert into endpoint_version (endpoint_id, version, config, saved_by, saved_at) select id, version, config, 'test', $2 from endpoint where id = $1`,
    [endpointId, new Date(bench.nowMs)],
  );
  return Object.assign(bench, {
    endpointId,
    silences,
    async ask(kind: OrderKind) {
      await bench.order(kind, { text: 'by hand', until: new Date(bench.nowMs + 300_000).toISOString() });
      await pool.query(
        `update incident set bell = true, bell_raised_at = clock_timestamp(), bell_sent_at = null where key = $1`,
        [bench.key],
      );
    },
    watch: () => ringHeartbeat(env.client, { id: endpointId, name: 'Test' }),
    async unwatch() {
      await pool.query('update endpoint set enabled = false where id = $1', [endpointId]);
      await ringHeartbeat(env.client, { id: endpointId, name: 'Test' });
    },
    async isSettled() {
      const { rows } = await pool.query<{ waits: boolean }>(
        `select exists (select from alert a where a.incident_id = i.id and not a.settled)
             or exists (select from incident_order o where o.incident_id = i.id and o.state = 'asked') as waits
           from incident i where i.key = $1`,
        [bench.key],
      );
      return rows[0]?.waits === false;
    },
  });
}

/** An ingress accepted a webhook of the endpoint just now. */
export async function hear({ pool, endpointId, nowMs }: WatchedIncident): Promise<void> {
  await ensurePartitions(pool, 0, new Date(nowMs));
  await pool.query(
    `insert into webhook (id, seq, endpoint_id, shard, received_at, source_ip, headers, raw, origin, state)
     values ($1, nextval('webhook_seq'), $2, 0, $3, '', '{}', '', 'http', 'planned')`,
    [v7({ msecs: nowMs }), endpointId, new Date(nowMs)],
  );
}
