import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { deleteEndpoint } from '../../admin/server/endpoints/delete.ts';
import { patchEndpoint } from '../../admin/server/endpoints/patch.ts';
import { getWebhook } from '../../admin/server/history/get.ts';
import { listHistory } from '../../admin/server/history/list.ts';
import { replayWebhook } from '../../admin/server/history/replay.ts';
import { sealRaw } from '../../infra/crypto/webhook-raw.ts';
import { shardOf } from '../../infra/database/shard.ts';
import { writeWebhooks } from '../../infra/database/write-webhooks.ts';
import { createConfigCache } from '../../ingress/dispatcher/config-cache.ts';
import { BATCH_LIMITS, planShard } from '../../ingress/dispatcher/plan-shard.ts';
import { writeRefusals } from '../../ingress/accept/write-refusals.ts';
import { aWebhook } from '../support/a-webhook.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
let endpointId: string;
beforeAll(async () => {
  world = await anAdminWorld();
  const made = await world.run(createEndpoint, {
    body: {
      name: 'History',
      ticketing: { routingRules: [{ path: '$.severity', pattern: '^critical$', overrides: { board: 'NOC' } }] },
    },
  });
  endpointId = made.id;
}, 60_000);
afterAll(() => world.close());

async function receive(body: string, more: { sourceIp?: string } = {}): Promise<string> {
  const id = uuidv7();
  const raw = sealRaw(world.context.cipher, { id, endpointId }, Buffer.from(body));
  await writeWebhooks(world.context.pool, [
    aWebhook({
      id,
      endpointId,
      shard: shardOf(endpointId),
      raw,
      headers: '{"content-type":"application/json"}',
      ...more,
    }),
  ]);
  return id;
}

async function plan(): Promise<void> {
  const { pool, cipher } = world.context;
  await planShard(
    {
      pool,
      cipher,
      cache: createConfigCache(),
      connection: 'desk',
      environment: { ticketPrefix: 'Alert:', defaultCompanyId: null },
    },
    shardOf(endpointId),
    { ...BATCH_LIMITS, planMs: 5_000 },
  );
}

async function refuse(message: string): Promise<string> {
  const id = uuidv7();
  await writeRefusals(world.context.pool, [
    {
      id,
      endpointId,
      at: new Date(),
      sourceIp: '192.0.2.9',
      status: 401,
      reason: 'invalid-bearer',
      message,
      headers: '{}',
      body: '{"password":"********","seen":1}',
    },
  ]);
  return id;
}

const DOWN =
  '{"heartbeat":{"status":0},"monitor":{"name":"Web <script>"},"severity":"Critical","apiToken":"abc-secret","big":12345678901234567890,"msg":"down"}';

describe('one webhook', () => {
  it('can be read right after it was accepted, masked and with the sender’s digits', async () => {
    const id = await receive(DOWN);
    const webhook = await world.run(getWebhook, { id }, 'viewer');
    expect(webhook).toMatchObject({
      requestId: id,
      endpointId,
      endpointName: 'History',
      status: 'received',
      action: 'none',
      alerts: [],
      origin: 'http',
    });
    const text = JSON.stringify(webhook.body);
    expect(text).toContain('"apiToken":"********"');
    expect(text).toContain('12345678901234567890');
    expect(JSON.stringify(webhook)).not.toContain('abc-secret');
  });

  it('names the pattern of every rule that matched once it is planned, and its incident', async () => {
    const id = await receive(DOWN);
    await plan();
    const webhook = await world.run(getWebhook, { id });
    expect(webhook.status).toBe('dispatched');
    expect(webhook.alerts).toHaveLength(1);
    expect(webhook.alerts[0]).toMatchObject({
      kind: 'open',
      state: 'open',
      action: 'none',
      ticketId: null,
      error: null,
      incidentId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      plan: {
        disposition: 'incident',
        matchedRules: [{ index: 0, path: '$.severity', pattern: '^critical$', value: 'Critical' }],
        ticket: { board: 'NOC', summary: 'Alert: Web <script>' },
      },
    });
    expect(webhook.body).toMatchObject({ apiToken: '********', monitor: { name: 'Web <script>' } });
    expect(webhook.steps.length).toBeGreaterThan(0);
    expect(webhook.configVersion).toBe(1);
  });

  it('reads as what its alerts came to', async () => {
    const id = await receive(DOWN);
    await plan();
    const settle = (state: string, more: string) =>
      world.context.pool.query(`update alert set state = $2, ${more} where webhook_id = $1`, [id, state]);
    await settle('failed', `settled = false, error = 'Board NOC is not there'`);
    expect(await world.run(getWebhook, { id })).toMatchObject({ status: 'failed', error: 'Board NOC is not there' });
    await settle('processed', `settled = true, error = null, action = 'create', ticket = '77', settled_at = now()`);
    expect(await world.run(getWebhook, { id })).toMatchObject({
      status: 'processed',
      action: 'create',
      ticketId: '77',
      error: null,
    });
    await settle('held', 'settled = false');
    expect((await world.run(getWebhook, { id })).status).toBe('held');
  });

  it('says why a webhook was skipped', async () => {
    const id = await receive('{"heartbeat":{"status":7},"monitor":{"name":"Web"}}');
    await plan();
    const webhook = await world.run(getWebhook, { id });
    expect(webhook).toMatchObject({ status: 'skipped', action: 'none' });
    expect(webhook.alerts[0]?.plan).toMatchObject({ disposition: 'skip', reason: 'trigger', triggerValue: '7' });
    expect(webhook.message).toContain('neither an open nor a close value');
  });

  it('may be a refused request: failed, with the message and the masked body', async () => {
    const id = await refuse('Invalid Bearer Token');
    expect(await world.run(getWebhook, { id })).toMatchObject({
      status: 'failed',
      origin: 'refused',
      error: 'Invalid Bearer Token',
      httpStatus: 401,
      body: { password: '********', seen: 1 },
      alerts: [],
    });
  });

  it('is not there under an id that nothing has', async () => {
    expect((await world.refusal(getWebhook, { id: uuidv7() })).code).toBe('not-found');
  });
});

describe('the list', () => {
  it('holds webhooks and refusals, the newest first, and pages through each once', async () => {
    const ids = [await receive(DOWN), await refuse('Missing Bearer Token'), await receive(DOWN)];
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listHistory.run>> = await world.run(listHistory, {
        query: { limit: '2', ...(cursor ? { cursor } : {}) },
      });
      seen.push(...page.items.map(({ requestId }) => requestId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.slice(0, 3)).toEqual(ids.toReversed());
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    [{ status: 'failed' }, (row: { status: string }) => row.status === 'failed'],
    [{ status: 'skipped' }, (row: { status: string }) => row.status === 'skipped'],
    [{ action: 'create' }, (row: { action: string }) => row.action === 'create'],
    [{ action: 'none' }, (row: { action: string }) => row.action === 'none'],
    [{ source: '192.0.2.9' }, (row: { sourceIp: string }) => row.sourceIp === '192.0.2.9'],
    [{ q: 'token' }, (row: { error: string | null }) => /token/i.test(row.error ?? '')],
    [{ from: '2020-01-01T00:00:00Z', to: '2090-01-01T00:00:00Z' }, () => true],
  ])('filters by %j', async (query, matches) => {
    const { items } = await world.run(listHistory, { query: { ...query, limit: '200' } });
    const all = await world.run(listHistory, { query: { limit: '200' } });
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ requestId }) => requestId)).toEqual(
      all.items.filter(matches).map(({ requestId }) => requestId),
    );
  });

  it('finds by ticket, endpoint and request id, and nothing in times gone by', async () => {
    const id = await receive(DOWN);
    await plan();
    await world.context.pool.query(`update alert set ticket = '4711' where webhook_id = $1`, [id]);
    const only = async (query: object) =>
      (await world.run(listHistory, { query })).items.map(({ requestId }) => requestId);
    expect(await only({ ticket: '#4711' })).toEqual([id]);
    expect(await only({ q: id })).toEqual([id]);
    expect(await only({ endpoint: uuidv7() })).toEqual([]);
    expect(await only({ to: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect((await world.refusal(listHistory, { query: { from: 'yesterday' } })).faults[0]?.path).toBe('from');
    expect((await world.refusal(listHistory, { query: { stauts: 'failed' } })).faults[0]?.path).toBe('stauts');
  });
});

describe('replay', () => {
  it.each(['recorded', 'today'] as const)(
    'makes a new webhook from the raw bytes by the rules of %s',
    async (rules) => {
      const id = await receive(DOWN, { sourceIp: '198.51.100.7' });
      await plan();
      const { request_id } = await world.run(replayWebhook, { id, body: { rules } }, 'operator');
      expect(request_id).not.toBe(id);
      const row = await world.context.pool.query(
        'select origin, replay_of, replay_rules, source_ip from webhook where id = $1',
        [request_id],
      );
      expect(row.rows).toEqual([{ origin: 'replay', replay_of: id, replay_rules: rules, source_ip: '198.51.100.7' }]);
      await plan();
      expect(await world.run(getWebhook, { id: request_id })).toMatchObject({
        origin: 'replay',
        replayOf: id,
        status: 'dispatched',
      });
      expect((await world.run(getWebhook, { id })).replays).toEqual([request_id]);
    },
  );

  it('is refused for a refused request, an unknown one, a disabled and a deleted endpoint, and for viewers', async () => {
    const refused = await world.refusal(replayWebhook, { id: await refuse('Invalid HMAC Signature'), body: {} });
    expect(refused).toMatchObject({ code: 'conflict', message: expect.stringContaining('Invalid HMAC Signature') });
    expect((await world.refusal(replayWebhook, { id: uuidv7(), body: {} })).code).toBe('not-found');
    const id = await receive(DOWN);
    expect((await world.refusal(replayWebhook, { id, body: {} }, 'viewer')).code).toBe('forbidden');
    expect((await world.refusal(replayWebhook, { id, body: { rules: 'tomorrow' } })).faults[0]?.path).toBe('rules');
    await world.run(patchEndpoint, { id: endpointId, body: { enabled: false } });
    expect((await world.refusal(replayWebhook, { id, body: {} })).code).toBe('conflict');
    await world.run(deleteEndpoint, { id: endpointId, query: {} });
    expect((await world.refusal(replayWebhook, { id, body: {} })).message).toContain('deleted');
    expect((await world.run(getWebhook, { id })).requestId).toBe(id);
  });
});
