import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { exportLedger } from '../../admin/server/ledger/export.ts';
import { exportWholeLedger } from '../../admin/server/ledger/export-whole.ts';
import { getLedger } from '../../admin/server/ledger/get.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

const ALERTS = 25_000;
let world: AdminWorld;
let id: string;

beforeAll(async () => {
  world = await anAdminWorld();
  const endpoint = await world.run(createEndpoint, { body: { name: 'Ledger' } });
  id = randomUUID();
  const { pool } = world.context;
  await pool.query(
    `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest)
     values ($1, $2, $3, 0, 'desk', 'Server', 'Alert: Server', 'd')`,
    [id, `incident:${endpoint.id}:x`, endpoint.id],
  );
  await pool.query(
    `insert into alert (webhook_id, n, seq, endpoint_id, incident_id, kind, state, settled, action, ticket, message, received_at)
     select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(i % 4096), 3, '0') || '8' || lpad(to_hex(i), 15, '0'))::uuid,
       0, i, $2, $1, 'open', 'processed', true, 'update', '7', 'Disk full, password=hunter22', now() + i * interval '1 ms'
     from generate_series(1, ${ALERTS}) i`,
    [id, endpoint.id],
  );
  for (let n = 1; n <= 10; n += 1)
    await pool.query(
      `insert into incident_event (incident_id, at, episode, kind, text, data)
       values ($1, now() + $2 * interval '2 seconds', 0, 'note', 'More alerts', $3)`,
      [id, n, { ticket: '7', key: `hn:${n}`, purpose: 'update', visibility: 'internal', body: 'token: abcdef123456' }],
    );
}, 120_000);
afterAll(() => world.close());

it('tells an incident of 25,000 alerts in joined lines, page by page, nothing twice and nothing left out', async () => {
  const lines = [];
  let cursor: string | null | undefined;
  do {
    const page = await world.run(getLedger, { id, query: { limit: 4, ...(cursor ? { cursor } : {}) } }, 'viewer');
    expect(page.items.length).toBeLessThanOrEqual(4);
    lines.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const alerts = lines.filter(({ source }) => source === 'alert');
  expect(alerts.reduce((sum, { count }) => sum + count, 0)).toBe(ALERTS);
  expect(lines.filter(({ source }) => source === 'event').map(({ id: number }) => number)).toHaveLength(10);
  expect(lines.length).toBeLessThanOrEqual(21);
  expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted());
  expect(JSON.stringify(lines)).not.toMatch(/hunter22|abcdef123456/);
}, 120_000);

it('writes the same as Markdown, masked, ending with the tickets', async () => {
  let text = '';
  for await (const piece of await world.run(exportLedger, { id }, 'viewer')) text += piece;
  expect(text).toContain('Ticket 7');
  expect(text).toContain('10 notes');
  expect(text).not.toMatch(/hunter22|abcdef123456/);
}, 120_000);

it('exports every line as one JSON document, the same lines as the pages, masked', async () => {
  let text = '';
  for await (const piece of await world.run(exportWholeLedger, { id }, 'viewer')) text += piece;
  const whole = JSON.parse(text) as { summary: string; items: { source: string; count: number }[] };
  expect(whole.summary).toBe('Alert: Server');
  const paged = await world.run(getLedger, { id, query: { limit: 1_000 } });
  expect(whole.items).toEqual(JSON.parse(JSON.stringify(paged.items)));
  expect(text).not.toMatch(/hunter22|abcdef123456/);
}, 120_000);

it('refuses a false cursor, and an incident that is not there', async () => {
  expect((await world.refusal(getLedger, { id, query: { cursor: 'nonsense' } })).code).toBe('invalid');
  expect((await world.refusal(getLedger, { id: randomUUID(), query: {} })).code).toBe('not-found');
});
