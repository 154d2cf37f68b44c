import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { getActivity } from '../../admin/server/stats/get-activity.ts';
import { getStats } from '../../admin/server/stats/get.ts';
import { runVerb } from '../../admin/server/verb.ts';
import { dropPartitions } from '../../infra/database/drop-partitions.ts';
import { dayOf, firstIdOf } from '../../infra/database/partition-days.ts';
import { ensurePartitions } from '../../infra/database/partitions.ts';
import { firstIdAt } from '../../infra/history/first-id.ts';
import { foldStatistics } from '../../infra/statistics/fold-statistics.ts';
import { planReading } from '../../infra/statistics/plan-reading.ts';
import { writeWebhooks } from '../../infra/database/write-webhooks.ts';
import { aWebhook } from '../support/a-webhook.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const sql = (text: string, values: unknown[] = []) => world.context.pool.query(text, values);
const month = () => world.run(getStats, { query: { period: 'month' } });
const monthOf = (company: string) =>
  runVerb(
    getStats,
    {
      ...world.context,
      actor: { via: 'api-key', id: 'test', name: 'test', role: 'viewer', company, sourceIp: '127.0.0.1' },
    },
    { query: { period: 'month' } },
  );
const counted = async () => (await sql('select * from statistic order by unit, at, endpoint_id, source, company')).rows;

/** A webhook received at a time, with what became of it. */
async function received(
  endpointId: string,
  at: Date,
  alert: { action: string; state: string; incident?: string } | 'unplannable',
): Promise<string> {
  await ensurePartitions(world.context.pool, 0, at);
  const id = firstIdAt(at).slice(0, 15) + randomUUID().slice(15);
  await writeWebhooks(world.context.pool, [aWebhook({ endpointId, id })]);
  const state = alert === 'unplannable' ? 'failed' : 'planned';
  await sql('update webhook set received_at = $2, state = $3 where id = $1', [id, at, state]);
  if (alert !== 'unplannable')
    await sql(
      `insert into alert (webhook_id, n, seq, endpoint_id, incident_id, kind, state, settled, action, message, received_at, settled_at)
       select id, 0, seq, endpoint_id, $4, 'open', $2, $2 not in ('held', 'open'), $3, 'm', received_at, received_at + interval '2 seconds' from webhook where id = $1`,
      [id, alert.state, alert.action, alert.incident ?? null],
    );
  return id;
}

async function anIncident(endpointId: string, company: string | null): Promise<string> {
  const id = randomUUID();
  await sql(
    `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest, company) values ($1, $4, $2, 0, 'desk', 'n', 's', 'd', $3)`,
    [id, endpointId, company, `incident:${id}`],
  );
  return id;
}

describe('the statistics', () => {
  let endpointId: string;
  beforeEach(async () => {
    await sql('truncate webhook, webhook_text, alert, refusal, statistic, statistic_fold');
    endpointId = (await world.run(createEndpoint, { body: { name: randomUUID(), ticketing: { companyId: 'ACME' } } }))
      .id;
  });

  it('are the same before they are folded, after, and when the days they were counted from are gone', async () => {
    const now = new Date();
    const old = new Date(now.getTime() - 20 * DAY_MS);
    const acme = await anIncident(endpointId, 'ACME');
    const other = await anIncident(endpointId, 'Other');
    await received(endpointId, old, { action: 'create', state: 'processed', incident: acme });
    await received(endpointId, old, { action: 'update', state: 'processed', incident: other });
    await received(endpointId, old, { action: 'none', state: 'skipped' });
    await received(endpointId, old, 'unplannable');
    await received(endpointId, new Date(now.getTime() - 2 * DAY_MS), {
      action: 'close',
      state: 'processed',
      incident: acme,
    });
    await received(endpointId, new Date(now.getTime() - 3 * HOUR_MS), { action: 'reopen', state: 'processed' });
    await received(endpointId, now, { action: 'none', state: 'failed', incident: acme });
    await sql(
      `insert into refusal (id, endpoint_id, at, source_ip, status, reason, message, headers, body) values ($1, $2, $3, '::1', 401, 'token', 'no', '{}', '')`,
      [randomUUID(), endpointId, old],
    );
    const [before, beforeAcme] = [await month(), await monthOf('acme')];
    expect(before).toMatchObject({
      accepted: 7,
      created: 1,
      updated: 1,
      closed: 1,
      failed: 2,
      skipped: 1,
      refused: 1,
      averageSeconds: 2,
    });
    expect(beforeAcme).toMatchObject({ accepted: 7, created: 1, updated: 0, closed: 1, failed: 2, skipped: 0 });

    const dayBefore = await world.run(getActivity, {});
    expect((await foldStatistics(world.context.pool, now)).days).toBeGreaterThan(15);
    expect(await month()).toEqual(before);
    expect(await world.run(getActivity, {})).toEqual(dayBefore);
    const once = await counted();
    expect(await foldStatistics(world.context.pool, now)).toEqual({ hours: 0, days: 0 });
    expect(await counted()).toEqual(once);

    const { dropped } = await dropPartitions(world.context.pool, 10, now);
    expect(dropped).toContain(dayOf(old, 0));
    await sql('delete from refusal');
    expect((await sql('select from webhook where id < $1', [firstIdOf(dayOf(old, 1))])).rowCount).toBe(0);
    expect(await month()).toEqual(before);
    expect(await monthOf('acme')).toEqual(beforeAcme);
  }, 60_000);

  it('count a day that was never folded before it is dropped', async () => {
    const now = new Date();
    const old = new Date(now.getTime() - 12 * DAY_MS);
    await received(endpointId, old, { action: 'create', state: 'processed' });
    const before = await month();
    expect((await dropPartitions(world.context.pool, 10, now)).dropped).toContain(dayOf(old, 0));
    expect(before.created).toBe(1);
    expect(await month()).toEqual(before);
  }, 60_000);

  it('follow what changes late: an alert that was held is settled, a note becomes a ticket', async () => {
    const now = new Date();
    const yesterday = new Date(now.getTime() - DAY_MS);
    const held = await received(endpointId, yesterday, { action: 'none', state: 'held' });
    const noted = await received(endpointId, new Date(yesterday.getTime() - 2 * HOUR_MS), {
      action: 'update',
      state: 'processed',
    });
    await foldStatistics(world.context.pool, now);
    expect(await month()).toMatchObject({ held: 1, updated: 1, created: 0 });
    await sql(
      `update alert set state = 'processed', settled = true, action = 'create', settled_at = now() where webhook_id = $1`,
      [held],
    );
    expect(await month()).toMatchObject({ held: 0, updated: 1, created: 1 });
    await sql(`update alert set action = 'create', settled_at = now() where webhook_id = $1`, [noted]);
    await foldStatistics(world.context.pool, new Date());
    expect(await month()).toMatchObject({ held: 0, updated: 0, created: 2 });
  }, 60_000);

  it('count a day anew at each run while something of it waits, so that one old incident does not slow every look', async () => {
    const now = new Date();
    const old = new Date(now.getTime() - 6 * DAY_MS);
    const held = await received(endpointId, old, { action: 'none', state: 'held' });
    await foldStatistics(world.context.pool, now);
    const mark = async () =>
      (
        await sql(`select is_settled from statistic_fold where unit = 'day' and family = 'webhook' and at = $1`, [
          old.toISOString().slice(0, 10),
        ])
      ).rows[0];
    expect([await mark(), (await month()).held]).toEqual([{ is_settled: false }, 1]);
    await sql(
      `update alert set state = 'processed', settled = true, action = 'create', settled_at = now() where webhook_id = $1`,
      [held],
    );
    await foldStatistics(world.context.pool, now);
    expect(await mark()).toEqual({ is_settled: true });
    expect(await month()).toMatchObject({ held: 0, created: 1 });
    expect(await foldStatistics(world.context.pool, now)).toEqual({ hours: 0, days: 0 });
  }, 60_000);
});

it('a time is read from the most folded there is, and nothing twice', () => {
  const at = (text: string) => new Date(`2026-03-${text}:00:00Z`);
  const folded = [
    { unit: 'day', at: at('01T00') },
    { unit: 'hour', at: at('01T05') },
    { unit: 'hour', at: at('02T01') },
  ] as const;
  expect(planReading(folded, at('01T00'), 'day', at('02T03'))).toEqual({
    days: [at('01T00')],
    hours: [at('02T01')],
    raw: [
      { from: at('02T00'), to: at('02T01') },
      { from: at('02T02'), to: null },
    ],
  });
  expect(planReading(folded, at('02T00'), 'hour', at('02T01'))).toEqual({
    days: [],
    hours: [],
    raw: [{ from: at('02T00'), to: null }],
  });
});
