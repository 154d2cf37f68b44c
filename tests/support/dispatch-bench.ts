import { randomBytes, randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { v7 } from 'uuid';
import { createCipher } from '../../infra/crypto/cipher.ts';
import { createPool, type Pool } from '../../infra/database/pool.ts';
import { shardOf } from '../../infra/database/shard.ts';
import { writeWebhooks, type NewWebhook } from '../../infra/database/write-webhooks.ts';
import { createLogger } from '../../infra/observability/logger.ts';
import { createBellStore, OVERDUE_MS, RING_AGAIN_MS } from '../../ingress/dispatcher/bell-store.ts';
import { createConfigCache } from '../../ingress/dispatcher/config-cache.ts';
import { createDispatchMetrics, type DispatchMetrics } from '../../ingress/dispatcher/dispatch-metrics.ts';
import { LOOK_EVERY_MS, startDispatcher, type Dispatcher } from '../../ingress/dispatcher/dispatcher.ts';
import { BATCH_LIMITS, planShard, type PlanDeps, type ShardResult } from '../../ingress/dispatcher/plan-shard.ts';
import { createPlanningMark } from '../../ingress/dispatcher/planning-mark.ts';
import { createRinger } from '../../ingress/dispatcher/ring.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { Plan } from '../../workflows/contracts/plan.ts';
import { aConfig } from './builders.ts';

/** The limits as shipped, but for the time, of which a busy machine may need more. */
export const UNHURRIED = { ...BATCH_LIMITS, planMs: 10_000 };

export interface KeptAlert {
  n: number;
  kind: string;
  state: string;
  settled: boolean;
  error: string | null;
  key: string | null;
}

/** An inbox on a database of one's own, with what plans it. */
export interface DispatchBench {
  pool: Pool;
  plan: PlanDeps;
  endpoint(config?: Parameters<typeof aConfig>[0], id?: string): Promise<string>;
  configure(id: string, config: EndpointConfig): Promise<void>;
  /** Bodies received in this order, in one batch; answers their ids. */
  receive(endpointId: string, bodies: readonly unknown[], more?: Partial<NewWebhook>): Promise<string[]>;
  /** Plans what the endpoint's shard has received. */
  planned(endpointId: string, limits?: typeof BATCH_LIMITS): Promise<ShardResult>;
  alertsOf(webhookId: string): Promise<KeptAlert[]>;
  stateOf(
    webhookId: string,
  ): Promise<{ state: string; failure: string | null; plan: Plan | null; body: string | null }>;
  incidents(endpointId: string): Promise<
    {
      key: string;
      bell: boolean;
      alerts: number;
      customer: string | null;
      sent: boolean;
      rung: number;
      refused: string | null;
    }[]
  >;
  /** A dispatcher with real parts and this client of Temporal. */
  dispatcher(
    client: Client,
    ringAgainMs?: readonly number[],
    lookEveryMs?: number,
    changed?: () => void,
  ): { dispatcher: Dispatcher; metrics: DispatchMetrics };
  end(): Promise<void>;
}

export function aDispatchBench(url: string): DispatchBench {
  const pool = createPool(url, { name: 'test', max: 12 });
  const cipher = createCipher(randomBytes(32));
  const newPlan = (): PlanDeps => ({
    pool,
    cipher,
    cache: createConfigCache(),
    environment: { ticketPrefix: 'Alert:', defaultCompanyId: null },
    connection: 'desk',
  });
  const plan = newPlan();
  return {
    pool,
    plan,
    planned: (endpointId, limits = UNHURRIED) => planShard(plan, shardOf(endpointId), limits),
    async endpoint(changes = {}, id = randomUUID()) {
      const config = aConfig(changes);
      await pool.query(
        `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher, enabled, draft) values ($1, $2, $3, $4, $5, '', '', $6, $7)`,
        [id, config.name, config, shardOf(id), randomBytes(32), config.enabled, config.draft],
      );
      await pool.query(
        `insert into endpoint_version (endpoint_id, version, config, saved_by) values ($1, 1, $2, 'test')`,
        [id, config],
      );
      return id;
    },
    async configure(id, config) {
      await pool.query('update endpoint set config = $2, version = version + 1 where id = $1', [id, config]);
      await pool.query(
        `insert into endpoint_version (endpoint_id, version, config, saved_by) select id, version, config, 'test' from endpoint where id = $1`,
        [id],
      );
    },
    async receive(endpointId, bodies, more = {}) {
      const rows = bodies.map((body): NewWebhook => {
        const id = v7();
        const raw = cipher.encrypt(Buffer.isBuffer(body) ? body : JSON.stringify(body), `${id}:${endpointId}`);
        return {
          id,
          endpointId,
          shard: shardOf(endpointId),
          sourceIp: '192.0.2.1',
          headers: '{}',
          raw,
          origin: 'http',
          replayOf: null,
          replayRules: null,
          deliveryDigest: null,
          ...more,
        };
      });
      await writeWebhooks(pool, rows);
      return rows.map(({ id }) => id);
    },
    async alertsOf(webhookId) {
      const { rows } = await pool.query<KeptAlert>(
        `select a.n, a.kind, a.state, a.settled, a.error, i.key from alert a left join incident i on i.id = a.incident_id where webhook_id = $1 order by n`,
        [webhookId],
      );
      return rows;
    },
    async stateOf(webhookId) {
      const { rows } = await pool.query<{
        state: string;
        failure: string | null;
        plan: Plan | null;
        body: string | null;
      }>(
        'select w.state, w.failure, t.plan, t.body from webhook w left join webhook_text t on t.id = w.id where w.id = $1',
        [webhookId],
      );
      const [row] = rows;
      if (!row) throw new Error(`No webhook ${webhookId} is kept.`);
      return row;
    },
    async incidents(endpointId) {
      const { rows } = await pool.query(
        `select key, bell, alerts, customer, bell_sent_at is not null as sent, bell_rung as rung, bell_refused as refused
           from incident where endpoint_id = $1 order by created_at, key`,
        [endpointId],
      );
      return rows;
    },
    dispatcher(client, ringAgainMs = RING_AGAIN_MS, lookEveryMs = LOOK_EVERY_MS, changed = () => undefined) {
      const logger = createLogger('test', 'fatal');
      const metrics = createDispatchMetrics();
      const ringer = createRinger({
        client,
        store: createBellStore(pool, { againMs: ringAgainMs, overdueMs: OVERDUE_MS }),
        logger,
        metrics,
        deadlineMs: 1_000,
      });
      const mark = createPlanningMark();
      return {
        dispatcher: startDispatcher({ plan: newPlan(), ringer, metrics, logger, lookEveryMs, mark, changed }),
        metrics,
      };
    },
    end: () => pool.end(),
  };
}

/** A body as Uptime Kuma sends it: status 0 is down, 1 is up. */
export function aBeat(status: 0 | 1, name = 'Web', more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    heartbeat: { status, msg: status === 0 ? 'connection refused' : '200 - OK' },
    monitor: { name },
    msg: `[${name}]`,
    ...more,
  };
}
