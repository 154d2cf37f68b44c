import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareWebhooks } from '../../admin/server/history/compare.ts';
import { csvCell, exportHistory } from '../../admin/server/history/csv.ts';
import { listHistory } from '../../admin/server/history/list.ts';
import { searchBodies } from '../../admin/server/history/search-bodies.ts';
import { createCipher } from '../../infra/crypto/cipher.ts';
import { seed } from '../../infra/seed/seed.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
  const size = { webhooks: 700, days: 3, endpoints: 3, incidentsPerEndpoint: 4 };
  await seed(world.context.pool, world.context.cipher, { size, now: new Date(), say: () => undefined }, false);
}, 60_000);
afterAll(() => world.close());

it('a database with data is not filled again unasked', async () => {
  const run = {
    size: { webhooks: 1, days: 1, endpoints: 1, incidentsPerEndpoint: 1 },
    now: new Date(),
    say: () => undefined,
  };
  await expect(seed(world.context.pool, createCipher(Buffer.alloc(32)), run, false)).rejects.toThrow('--force');
});

it('the CSV has every row of the filter once, also beyond one read', async () => {
  const texts: string[] = [];
  for await (const text of await world.run(exportHistory, { query: {} }, 'viewer')) texts.push(text);
  expect(texts.length).toBeGreaterThan(2);
  const ids = texts
    .join('')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.slice(0, 36));
  expect(ids).toHaveLength(700);
  expect(new Set(ids).size).toBe(700);
});

it('no cell is taken for a formula', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n@x'])
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  expect(csvCell('a,"b"')).toBe('"a,""b"""');
  expect(csvCell('plain')).toBe('plain');
  expect(csvCell(null)).toBe('');
});

it('every filter answers what the status, action, ticket and source of each row say', async () => {
  const all: Awaited<ReturnType<typeof page>>['items'] = [];
  const page = (query: Record<string, unknown>) => world.run(listHistory, { query }, 'viewer');
  let cursor: string | null = null;
  do {
    const next: Awaited<ReturnType<typeof page>> = await page({ limit: 200, ...(cursor === null ? {} : { cursor }) });
    all.push(...next.items);
    cursor = next.nextCursor;
  } while (cursor !== null);
  expect(all).toHaveLength(700);
  const expectSame = async (query: Record<string, string>, want: (row: (typeof all)[number]) => boolean) => {
    const found = await page({ limit: 200, ...query });
    expect(found.items.map(({ requestId }) => requestId)).toEqual(
      all
        .filter(want)
        .slice(0, 200)
        .map(({ requestId }) => requestId),
    );
  };
  for (const status of ['received', 'dispatched', 'held', 'processed', 'skipped', 'failed'])
    await expectSame({ status }, (row) => row.status === status);
  for (const action of ['none', 'create', 'update', 'close', 'reopen'])
    await expectSame({ action }, (row) => row.action === action);
  const [first] = all.filter(({ ticketId }) => ticketId !== null);
  await expectSame({ ticket: `#${first?.ticketId}` }, (row) => row.ticketId === first?.ticketId);
  await expectSame({ source: String(first?.sourceIp) }, (row) => row.sourceIp === first?.sourceIp);
  await expectSame(
    { endpoint: String(first?.endpointId), action: 'close' },
    (row) => row.endpointId === first?.endpointId && row.action === 'close',
  );
  await expectSame({ q: 'certificate' }, (row) => row.alerts.some(({ message }) => message.includes('certificate')));
  await expectSame({ q: 'is not JSON', status: 'failed' }, (row) => row.error?.includes('is not JSON') === true);
});

it('bodies are searched with progress to the end, or up to a limit from which it goes on', async () => {
  const search = async (query: Record<string, unknown>) => {
    const lines = [];
    for await (const line of await world.run(searchBodies, { query }, 'viewer')) lines.push(line);
    return lines;
  };
  const whole = await search({ text: 'certificate has expired', limit: 1000 });
  const found = whole.filter(({ kind }) => kind === 'found').length;
  expect(found).toBeGreaterThan(5);
  expect(whole.at(-1)).toMatchObject({ kind: 'end', found, looked: 700, stoppedAt: null });
  const part = await search({ text: 'certificate has expired', limit: 3 });
  const end = part.at(-1);
  const rest = await search({
    text: 'certificate has expired',
    limit: 1000,
    before: end?.kind === 'end' ? end.stoppedAt : null,
  });
  expect(rest.filter(({ kind }) => kind === 'found')).toHaveLength(found - 3);
});

it('two webhooks are compared in outcome, body and plan; one that is not there is said', async () => {
  const { items } = await world.run(listHistory, { query: { status: 'processed', limit: 200 } });
  const [left] = items;
  const right = items.find(({ summary }) => summary !== left?.summary);
  const compared = await world.run(compareWebhooks, { id: left?.requestId, other: right?.requestId }, 'viewer');
  const paths = compared.differences.map(({ path }) => path);
  expect(paths).toContain('outcome.summary');
  expect(paths).toContain('body.monitor.name');
  expect(compared.left.timings.settledAfterMs).toBe(1200);
  const same = await world.run(compareWebhooks, { id: left?.requestId, other: left?.requestId });
  expect(same.differences).toEqual([]);
  expect((await world.refusal(compareWebhooks, { id: left?.requestId, other: uuidv7() })).code).toBe('not-found');
});
