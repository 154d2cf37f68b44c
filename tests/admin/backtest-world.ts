import { v7 } from 'uuid';
import type { z } from 'zod';
import { backtestEndpoint } from '../../admin/server/backtest/backtest.ts';
import type { BacktestInput, BacktestLine, BacktestResult } from '../../admin/server/backtest/schemas.ts';
import { sealRaw } from '../../infra/crypto/webhook-raw.ts';
import { ensurePartitions } from '../../infra/database/partitions.ts';
import { createPool } from '../../infra/database/pool.ts';
import { shardOf } from '../../infra/database/shard.ts';
import { writeWebhooks } from '../../infra/database/write-webhooks.ts';
import { createConfigCache } from '../../ingress/dispatcher/config-cache.ts';
import { BATCH_LIMITS, planShard } from '../../ingress/dispatcher/plan-shard.ts';
import { aWebhook } from '../support/a-webhook.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

/** A console over a database in which the dispatcher's own planning writes the plans. */
export interface BacktestWorld extends AdminWorld {
  /** Bodies (JSON values or bytes) received in this order, not planned yet; answers their ids. */
  receive(endpointId: string, bodies: readonly unknown[]): Promise<string[]>;
  /** Sets when a webhook was received, before it is planned. */
  receivedAt(id: string, at: Date): Promise<void>;
  /** Plans all that waits at these endpoints, as live traffic is planned. */
  dispatch(endpointIds: readonly string[]): Promise<void>;
  lines(id: string, body?: z.input<typeof BacktestInput>): Promise<BacktestLine[]>;
  backtest(id: string, body?: z.input<typeof BacktestInput>): Promise<BacktestResult>;
}

const ROWS_A_STATEMENT = 250;

export async function aBacktestWorld(more: Record<string, string> = {}): Promise<BacktestWorld> {
  const world = await anAdminWorld(more);
  const { pool, cipher, config } = world.context;
  await ensurePartitions(pool, 1, new Date());
  const dispatcherPool = createPool(config.DATABASE_URL ?? '', { name: 'test', max: 4 });
  const deps = {
    pool: dispatcherPool,
    cipher,
    cache: createConfigCache(),
    environment: { ticketPrefix: config.CW_TICKET_PREFIX, defaultCompanyId: config.CW_DEFAULT_COMPANY_ID },
    connection: 'desk',
  };
  const lines: BacktestWorld['lines'] = async (id, body = {}) => {
    const found: BacktestLine[] = [];
    for await (const line of await world.run(backtestEndpoint, { id, body }, 'operator')) found.push(line);
    return found;
  };
  return {
    ...world,
    close: async () => {
      await dispatcherPool.end();
      await world.close();
    },
    async receive(endpointId, bodies) {
      const rows = bodies.map((body) => {
        const id = v7();
        const raw = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
        return aWebhook({ id, endpointId, raw: sealRaw(cipher, { id, endpointId }, raw) });
      });
      for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
        await writeWebhooks(pool, rows.slice(from, from + ROWS_A_STATEMENT));
      return rows.map(({ id }) => id);
    },
    async receivedAt(id, at) {
      await pool.query('update webhook set received_at = $2 where id = $1', [id, at]);
    },
    async dispatch(endpointIds) {
      for (const shard of new Set(endpointIds.map(shardOf))) {
        const limits = { ...BATCH_LIMITS, planMs: 10_000 };
        while ((await planShard(deps, shard, limits)).hasMore);
      }
    },
    lines,
    async backtest(id, body) {
      const last = (await lines(id, body)).at(-1);
      if (last?.kind !== 'result') throw new Error(`The backtest ended with ${JSON.stringify(last)}.`);
      return last.result;
    },
  };
}
