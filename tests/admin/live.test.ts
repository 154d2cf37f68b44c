import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GET } from '../../admin/app/api/live/route.ts';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { eventStream } from '../../admin/server/live/event-stream.ts';
import { MOST_READERS } from '../../admin/server/live/hub.ts';
import { inTransaction } from '../../infra/database/pool.ts';
import { shardOf } from '../../infra/database/shard.ts';
import { writeWebhooks } from '../../infra/database/write-webhooks.ts';
import { aWebhook } from '../support/a-webhook.ts';
import { eventually } from '../support/eventually.ts';
import { readEvents, type SentEvent } from '../support/event-reader.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';
import { receivePlanned } from './recorded-webhooks.ts';

const HOLDER = Symbol.for('hookwise.admin.context');
let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
  Object.assign(globalThis, { [HOLDER]: world.context });
}, 60_000);
afterAll(async () => {
  Reflect.deleteProperty(globalThis, HOLDER);
  await world.close();
});

function ask(query = '', headers: Record<string, string> = {}): Promise<Response> {
  const authorization = `Bearer ${world.environment['HOOKWISE_API_KEY']}`;
  return GET(new Request(`http://localhost/api/live${query}`, { headers: { authorization, ...headers } }));
}

async function follow(query = '', after: string | null = null) {
  const answer = await ask(query, after === null ? {} : { 'last-event-id': after });
  expect(answer.status).toBe(200);
  if (answer.body === null) throw new Error('no body');
  return readEvents(answer.body);
}

async function anEndpoint(): Promise<string> {
  return (await world.run(createEndpoint, { body: { name: 'Live' } })).id;
}

async function anIncident(endpointId: string): Promise<string> {
  const id = randomUUID();
  await world.context.pool.query(
    `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest)
     values ($1, $2, $3, 0, 'desk', 'Server', 'Alert: Server', 'd')`,
    [id, `incident:${endpointId}:${id.slice(0, 8)}`, endpointId],
  );
  return id;
}

/** Lines in one transaction that stays open for a while, so that transactions end in another order than they began. */
const line = (incident: string, text: string, openMs = 0): Promise<void> =>
  inTransaction(world.context.pool, async (tx) => {
    await tx.query(
      `insert into incident_event (incident_id, at, episode, kind, text) values ($1, now(), 0, 'failing', $2)`,
      [incident, text],
    );
    if (openMs > 0) await tx.query('select pg_sleep($1)', [openMs / 1000]);
  });

const rowsOf = (event: SentEvent): Record<string, unknown>[] =>
  event.event === 'change' ? (event.data['rows'] as Record<string, unknown>[]) : [];

it('tells each change once over reconnects under load, in rows or in counts', async () => {
  const endpoint = await anEndpoint();
  const incident = await anIncident(endpoint);
  const total = 600;
  let reader = await follow(`?endpoint=${endpoint}`);
  let last = (await reader.next()).id;
  const writing = (async () => {
    for (let round = 0; round < total / 6; round += 1) {
      const openMs = [40, 0, 25, 0, 10, 0];
      await Promise.all(openMs.map((ms, n) => line(incident, `line ${round * 6 + n}`, ms)));
    }
  })();
  const told: { text: string; atMs: number }[] = [];
  let counted = 0;
  let messages = 0;
  while (told.length + counted < total) {
    const event = await reader.next();
    last = event.id;
    if (event.event === 'counts') counted += Number(event.data['incident'] ?? 0);
    for (const row of rowsOf(event)) told.push({ text: String(row['text']), atMs: event.atMs });
    messages += 1;
    if (messages % 13 !== 0) continue;
    await reader.cut();
    reader = await follow(`?endpoint=${endpoint}`, last);
    expect((await reader.next()).event).toBe('hello');
  }
  await writing;
  await reader.cut();
  expect(new Set(told.map(({ text }) => text)).size).toBe(told.length);
  expect(told.length + counted).toBe(total);
  expect(counted).toBeGreaterThan(0);
}, 120_000);

it('tells at most 20 rows in the first second, however many there are', async () => {
  const endpoint = await anEndpoint();
  const incident = await anIncident(endpoint);
  const reader = await follow(`?endpoint=${endpoint}`);
  await reader.next();
  await Promise.all(Array.from({ length: 300 }, (_, n) => line(incident, `row ${n}`)));
  const told: SentEvent[] = [];
  let counted = 0;
  while (told.length + counted < 300) {
    const event = await reader.next();
    counted += event.event === 'counts' ? Number(event.data['incident'] ?? 0) : 0;
    if (event.event === 'change') told.push(event);
  }
  await reader.cut();
  for (const first of told) {
    const within = told.filter(({ atMs }) => atMs >= first.atMs && atMs < first.atMs + 900);
    expect(within.flatMap(rowsOf).length).toBeLessThanOrEqual(20);
  }
}, 60_000);

it('keeps nothing for a reader that is slow: what it missed is counts', async () => {
  const endpoint = await anEndpoint();
  const incident = await anIncident(endpoint);
  const reader = await follow(`?endpoint=${endpoint}`);
  await reader.next();
  await Promise.all(Array.from({ length: 100 }, (_, n) => line(incident, `missed ${n}`)));
  await eventually(async () => {
    const { rows } = await world.context.pool.query(
      'select count(*) as told from live_change where endpoint_id = $1 and tx < pg_snapshot_xmin(pg_current_snapshot())',
      [endpoint],
    );
    return (rows[0] as { told: number }).told === 100;
  });
  const first = await reader.next();
  expect([first.event, first.data]).toEqual(['counts', { incident: 80 }]);
  for (let n = 0; n < 20; n += 1) expect((await reader.next()).event).toBe('change');
  await reader.cut();
});

it('cuts a reader that takes nothing any more, and frees its seat', async () => {
  let hasLeft = false;
  const ending = new AbortController();
  const pieces = (async function* () {
    for (;;) yield ': piece\n\n';
  })();
  const answer = eventStream({ pieces, leave: () => void (hasLeft = true) }, ending, 50);
  const reader = answer.body?.getReader();
  await reader?.read();
  await eventually(() => hasLeft && ending.signal.aborted);
  await expect(reader?.read()).rejects.toThrow('too long');
});

it('tells planned webhooks and what becomes of their alerts, without secrets', async () => {
  const endpoint = await anEndpoint();
  const reader = await follow(`?endpoint=${endpoint}&topic=webhook,alert`);
  await reader.next();
  const body = {
    heartbeat: { status: 0 },
    monitor: { name: 'Web' },
    msg: 'down, password=hunter22',
    apiToken: 'abc123def',
  };
  const id = await receivePlanned(world, endpoint, JSON.stringify(body));
  const planned = await reader.next();
  expect(planned.data['topic']).toBe('webhook');
  expect(rowsOf(planned)).toMatchObject([{ requestId: id, endpointId: endpoint }]);
  await world.context.pool.query(
    `update alert set state = 'processed', settled = true, action = 'create', ticket = '7' where webhook_id = $1`,
    [id],
  );
  const settled = await reader.next();
  expect(settled.data['topic']).toBe('alert');
  expect(rowsOf(settled)).toMatchObject([{ requestId: id, status: 'processed', action: 'create', ticketId: '7' }]);
  await reader.cut();
  expect(JSON.stringify([planned, settled])).not.toMatch(/hunter22|abc123def/);
}, 60_000);

it('says so when what came after the last event is not kept any more', async () => {
  const reader = await follow('', '3-1');
  expect((await reader.next()).event).toBe('hello');
  expect((await reader.next()).event).toBe('gap');
  await reader.cut();
});

it('refuses whoever is not signed in, filters that are none, and more readers than it can serve', async () => {
  expect((await GET(new Request('http://localhost/api/live'))).status).toBe(401);
  expect((await ask('?topic=nonsense')).status).toBe(422);
  expect((await ask('', { 'last-event-id': 'x' })).status).toBe(422);
  const open: Response[] = [];
  for (let n = 0; n < MOST_READERS; n += 1) open.push(await ask());
  expect((await ask()).status).toBe(503);
  await Promise.all(open.map((answer) => answer.body?.cancel()));
  const again = await ask();
  expect(again.status).toBe(200);
  await again.body?.cancel();
});

it('adds nothing to the acceptance of a webhook: no trigger, no row', async () => {
  const { pool } = world.context;
  const before = await pool.query('select count(*) as rows from live_change');
  const endpointId = await anEndpoint();
  await writeWebhooks(pool, [aWebhook({ endpointId, shard: shardOf(endpointId) })]);
  expect((await pool.query('select count(*) as rows from live_change')).rows).toEqual(before.rows);
  const triggers = await pool.query(
    `select tgname from pg_trigger where tgrelid in ('webhook'::regclass, 'delivery_key'::regclass) and not tgisinternal`,
  );
  expect(triggers.rows).toEqual([]);
});
