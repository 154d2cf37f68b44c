import { randomBytes, randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { createHeartbeatActivities } from '../../activities/heartbeats/heartbeat.activities.ts';
import { createDesk } from '../../activities/tickets/desk/desk.ts';
import { registerConnection } from '../../activities/tickets/register-connection.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { ensurePartitions } from '../../infra/database/partitions.ts';
import type { Pool } from '../../infra/database/pool.ts';
import { shardOf } from '../../infra/database/shard.ts';
import type { EndpointConfig, HeartbeatConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { HeartbeatLook } from '../../workflows/contracts/heartbeat.ts';
import { aConfig } from './builders.ts';
import { anIncident } from './incident-bench.ts';

type Changes = Parameters<typeof aConfig>[0];

export interface HeartbeatAlert {
  kind: 'open' | 'close';
  message: string;
  /** Milliseconds: of an open the deadline, of a close the webhook. */
  atMs: number;
}

/** Heartbeats on a real Postgres and the built-in desk. Instants are the test's own. */
export interface HeartbeatBench {
  pool: Pool;
  deps: ActivityDeps;
  /** Incidents that were rung, in order. */
  rung: string[];
  endpoint(heartbeat: Partial<HeartbeatConfig>, madeMs: number, more?: Changes): Promise<string>;
  /** A new version, saved at an instant. */
  save(id: string, savedMs: number, change: (config: EndpointConfig) => EndpointConfig): Promise<void>;
  /** A webhook was accepted at an instant, and is planned already. */
  hear(id: string, atMs: number, origin?: 'http' | 'test' | 'replay'): Promise<void>;
  /** An ingress was able to accept between two instants. */
  sighted(fromMs: number, toMs: number): Promise<void>;
  look(id: string, atMs: number): Promise<HeartbeatLook>;
  alerts(id: string): Promise<HeartbeatAlert[]>;
}

export async function aHeartbeatBench(pool: Pool): Promise<HeartbeatBench> {
  const rung: string[] = [];
  await registerConnection(pool, { name: 'desk', kind: 'desk' });
  const deps: ActivityDeps = {
    ...(await anIncident(pool)).deps,
    tickets: createDesk({ pool, adminUrl: 'http://console' }),
    connection: 'desk',
    bells: { ringGate: async () => undefined, ringIncidents: async (keys) => void rung.push(...keys) },
  };
  const { lookAtHeartbeat } = createHeartbeatActivities(deps);
  let seq = 1_000_000;
  return {
    pool,
    deps,
    rung,
    async endpoint(heartbeat, madeMs, more = {}) {
      const id = randomUUID();
      const config = aConfig({ ...more, heartbeat: { enabled: true, timeoutMinutes: 60, ...heartbeat } });
      await pool.query(
        `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher, enabled, draft, created_at)
         values ($1, $2, $3, $4, $5, '', '', $6, $7, $8)`,
        [id, config.name, config, shardOf(id), randomBytes(32), config.enabled, config.draft, new Date(madeMs)],
      );
      await keepVersion(pool, id, madeMs);
      return id;
    },
    async save(id, savedMs, change) {
      const { rows } = await pool.query<{ config: EndpointConfig }>('select config from endpoint where id = $1', [id]);
      const config = change(rows[0]?.config ?? aConfig());
      await pool.query(
        'update endpoint set config = $2, name = $3, enabled = $4, draft = $5, version = version + 1 where id = $1',
        [id, config, config.name, config.enabled, config.draft],
      );
      await keepVersion(pool, id, savedMs);
    },
    async hear(id, atMs, origin = 'http') {
      await ensurePartitions(pool, 0, new Date(atMs));
      await pool.query(
        `insert into webhook (id, seq, endpoint_id, shard, received_at, source_ip, headers, raw, origin, state)
         values ($1, $2, $3, $4, $5, '', '{}', '', $6, 'planned')`,
        [v7({ msecs: atMs }), seq++, id, shardOf(id), new Date(atMs), origin],
      );
    },
    async sighted(fromMs, toMs) {
      await pool.query(`insert into process_beat (id, process, began_at, beat_at) values ($1, 'test', $2, $3)`, [
        randomUUID(),
        new Date(fromMs),
        new Date(toMs),
      ]);
    },
    look: (id, atMs) => lookAtHeartbeat({ endpointId: id, now: new Date(atMs).toISOString() }),
    async alerts(id) {
      const { rows } = await pool.query<{ kind: 'open' | 'close'; message: string; at: Date }>(
        `select a.kind, a.message, a.received_at as at from alert a join incident i on i.id = a.incident_id
          where i.key = 'incident:' || $1 || ':heartbeat' order by a.seq`,
        [id],
      );
      return rows.map(({ at, ...alert }) => ({ ...alert, atMs: at.getTime() }));
    },
  };
}

async function keepVersion(pool: Pool, id: string, savedMs: number): Promise<void> {
  await pool.query(
    `insert into endpoint_version (endpoint_id, version, config, saved_by, saved_at) select id, version, config, 'test', $2 from endpoint where id = $1`,
    [id, new Date(savedMs)],
  );
}
