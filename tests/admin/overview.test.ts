import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { getActivity } from '../../admin/server/stats/get-activity.ts';
import { getPulse } from '../../admin/server/stats/get-pulse.ts';
import { getStats } from '../../admin/server/stats/get.ts';
import { checkServices } from '../../admin/server/services/check-services.ts';
import { getTicket } from '../../admin/server/tickets/get.ts';
import { patchTicket, replyToTicket } from '../../admin/server/tickets/person-verbs.ts';
import { inTransaction } from '../../infra/database/pool.ts';
import { writeWebhooks } from '../../infra/database/write-webhooks.ts';
import { aWebhook } from '../support/a-webhook.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const sql = (text: string, values: unknown[] = []) => world.context.pool.query(text, values);

/** A webhook received now, and what became of it where it was planned. */
async function received(endpointId: string, alert?: { action: string; state: string }): Promise<string> {
  const webhook = aWebhook({ endpointId });
  await inTransaction(world.context.pool, (tx) => writeWebhooks(tx, [webhook]));
  if (alert) {
    await sql(`update webhook set state = 'planned' where id = $1`, [webhook.id]);
    await sql(
      `insert into alert (webhook_id, n, seq, endpoint_id, kind, state, settled, action, message, received_at, settled_at)
       select id, 0, seq, endpoint_id, 'open', $2, true, $3, 'm', received_at, received_at + interval '2 seconds' from webhook where id = $1`,
      [webhook.id, alert.state, alert.action],
    );
  }
  return webhook.id;
}

describe('the overview', () => {
  it('counts the day by hours whose sums are the totals, and what waits, and each endpoint’s own day', async () => {
    const { id } = await world.run(createEndpoint, { body: { name: 'Counted' } });
    await received(id, { action: 'create', state: 'processed' });
    await received(id, { action: 'update', state: 'processed' });
    await received(id, { action: 'none', state: 'failed' });
    await received(id);
    await sql(`update webhook set state = 'failed', failure = 'no JSON' where id = $1`, [await received(id)]);
    const stats = await world.run(getStats, { query: {} });
    expect(stats).toMatchObject({ accepted: 5, created: 1, updated: 1, failed: 2, settled: 2, averageSeconds: 2 });
    expect(stats.buckets).toHaveLength(24);
    for (const name of ['accepted', 'created', 'updated', 'closed', 'failed', 'held'] as const)
      expect(stats.buckets.reduce((sum, bucket) => sum + bucket[name], 0)).toBe(stats[name]);
    expect((await world.run(getStats, { query: { period: 'month' } })).buckets).toHaveLength(30);

    const pulse = await world.run(getPulse, {});
    expect(pulse).toMatchObject({ inboxDepth: 1, openIncidents: 0, staleEndpoints: 0 });
    expect(pulse.dispatchLagSeconds).toBeGreaterThanOrEqual(0);

    const hours = (await world.run(getActivity, {})).items.find(({ endpointId }) => endpointId === id)?.hours ?? [];
    expect(hours).toHaveLength(24);
    const sum = (name: 'received' | 'opened' | 'failed') => hours.reduce((total, hour) => total + hour[name], 0);
    expect([sum('received'), sum('opened'), sum('failed')]).toEqual([5, 1, 2]);
  });

  it('names who is silent for longer than the heartbeat, and what is stuck with the reason', async () => {
    const [daily, quick] = await Promise.all([
      world.run(createEndpoint, { body: { name: 'Daily' } }),
      world.run(createEndpoint, { body: { name: 'Quick', heartbeat: { enabled: true, timeoutMinutes: 5 } } }),
    ]);
    await sql(`update endpoint set created_at = now() - interval '10 minutes' where id in ($1, $2)`, [
      daily.id,
      quick.id,
    ]);
    await sql(
      `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest, phase, error, error_at)
       values ($1, 'k', $2, 0, 'desk', 'n', 'Stuck one', 'd', 'blocked', 'No such board', now())`,
      [randomUUID(), daily.id],
    );
    const pulse = await world.run(getPulse, {});
    expect(pulse.stale.map(({ name }) => name)).toEqual(['Quick']);
    const weekly = await world.run(createEndpoint, {
      body: { name: 'Weekly', heartbeat: { enabled: true, cron: '0 6 * * 1', timezone: 'UTC' } },
    });
    await sql(`update endpoint set created_at = now() - interval '3 days' where id = $1`, [weekly.id]);
    expect((await world.run(getPulse, {})).staleEndpoints).toBe(1);
    await sql(
      `insert into heartbeat (endpoint_id, is_on, since, phase, looked_at) values ($1, true, now() - interval '8 days', 'overdue', now())`,
      [weekly.id],
    );
    expect((await world.run(getPulse, {})).stale.map(({ name }) => name)).toContain('Weekly');
    expect(pulse).toMatchObject({ staleEndpoints: 1, openIncidents: 1, stuckIncidents: 1 });
    expect(pulse.stuck).toMatchObject([{ summary: 'Stuck one', phase: 'blocked', error: 'No such board' }]);
  });
});

describe('the services', () => {
  it('tell of the model what a worker last found, and a model that is away leaves the whole as it is', async () => {
    expect((await world.run(checkServices, {})).model).toMatchObject({
      name: 'phi3',
      state: 'warning',
      checkedAt: null,
    });
    await sql(
      `insert into model_health values ('analysis', 'http://localhost:11434/v1', 'phi3', 'away', 'Nothing listens at localhost:11434.', 'ollama serve', now())`,
    );
    const services = await world.run(checkServices, {});
    expect(services.model).toMatchObject({ state: 'down', reason: 'Nothing listens at localhost:11434.' });
    await sql(`update model_health set state = 'well', problem = null`);
    expect(await world.run(checkServices, {})).toMatchObject({ status: services.status, model: { state: 'up' } });
  });
});

describe('a ticket of the desk', () => {
  it('is answered, closed and opened again by operators, in their name, and by nobody below', async () => {
    const made = await sql(
      `insert into ticket (key, summary, description, board, status, updated_by) values ('k', 's', '', 'b', 'New', 'hookwise') returning id`,
    );
    const id = String(made.rows[0].id);
    expect(await world.refusal(replyToTicket, { id, body: { text: 'x' } }, 'viewer')).toMatchObject({
      code: 'forbidden',
    });
    expect(await world.refusal(patchTicket, { id, body: { closed: true } }, 'viewer')).toMatchObject({
      code: 'forbidden',
    });
    await world.run(replyToTicket, { id, body: { text: 'Looking into it' } }, 'operator');
    await world.run(patchTicket, { id, body: { closed: true } }, 'operator');
    expect(await world.run(getTicket, { id })).toMatchObject({
      closed: true,
      status: 'Closed',
      closedAt: expect.any(String),
      updatedBy: 'API key: test',
      notes: [{ body: 'Looking into it', visibility: 'public', author: 'API key: test' }],
    });
    await world.run(patchTicket, { id, body: { closed: false } }, 'operator');
    expect(await world.run(getTicket, { id })).toMatchObject({ closed: false, status: 'New', closedAt: null });
    expect(await world.refusal(replyToTicket, { id: '999999', body: { text: 'x' } })).toMatchObject({
      code: 'not-found',
    });
    const audit = await sql(`select action from audit_entry where entity = 'ticket' order by id`);
    expect(audit.rows.map(({ action }) => action)).toEqual(['reply', 'close', 'reopen']);
  });
});
