import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, createCaller } from './raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from './simulator.ts';

let sim: ConnectwiseSimulator;
let call: ReturnType<typeof createCaller>;
type Rows = Record<string, unknown>[];

const rowsOf = (answer: { body: unknown }) => answer.body as Rows;
const where = (conditions: string) => `conditions=${encodeURIComponent(conditions)}`;
const links = (answer: { headers: Headers }) =>
  Object.fromEntries(
    [...(answer.headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url, rel]) => [rel, url]),
  ) as Record<string, string>;

beforeAll(async () => {
  sim = await startConnectwiseSimulator();
  call = createCaller(sim);
  for (let at = 0; at < 60; at += 1)
    await call('POST', '/service/tickets', {
      summary: `Ticket ${String(at).padStart(2, '0')}`,
      company: { identifier: at % 2 === 0 ? 'ACME' : 'GLOBEX' },
      board: { name: at % 3 === 0 ? 'NOC' : 'Service Board' },
      externalXRef: `key-${at}`,
      customFields: [{ id: 1, caption: 'Ref', value: `ref-${at}` }],
    });
});
afterAll(() => sim.stop());

describe('lists', () => {
  it('answer 25 by default, at most 1000, and nothing past the end', async () => {
    expect(rowsOf(await call('GET', '/service/tickets'))).toHaveLength(25);
    expect(rowsOf(await call('GET', '/service/tickets?pageSize=5000'))).toHaveLength(60);
    const past = await call('GET', '/service/tickets?page=99');
    expect([past.status, past.body]).toEqual([200, []]);
    expect((await call('GET', '/service/tickets?page=0')).status).toBe(400);
  });

  it('cap a page at 1000 without a word', async () => {
    const big = await startConnectwiseSimulator({
      seed: { companies: Array.from({ length: 1000 }, (_, at) => ({ identifier: `BULK${at}` })) },
    });
    expect(rowsOf(await createCaller(big)('GET', '/company/companies?pageSize=2000'))).toHaveLength(1000);
    await big.stop();
  });

  it('link first and last always, next and prev only where there is one', async () => {
    expect(Object.keys(links(await call('GET', '/service/tickets?pageSize=25'))).sort()).toEqual([
      'first',
      'last',
      'next',
    ]);
    const middle = links(await call('GET', '/service/tickets?pageSize=25&page=2'));
    expect(Object.keys(middle).sort()).toEqual(['first', 'last', 'next', 'prev']);
    const last = await call('GET', middle['next'] ?? '');
    expect(rowsOf(last)).toHaveLength(10);
    expect(links(last)['next']).toBeUndefined();
  });

  it('hide what matters behind the first page of boards, statuses, types and companies', async () => {
    const names = async (path: string) => rowsOf(await call('GET', path)).map(({ name }) => String(name));
    expect(await names('/service/boards')).not.toContain('Service Board');
    expect(await names('/service/boards?pageSize=1000')).toContain('Service Board');
    const [board] = rowsOf(await call('GET', `/service/boards?${where('name = "Service Board"')}`));
    const path = `/service/boards/${board?.['id']}`;
    expect(await names(`${path}/statuses`)).not.toContain('Closed');
    expect(await names(`${path}/statuses?pageSize=1000`)).toContain('Closed');
    expect(await names(`${path}/types`)).toHaveLength(25);
    expect(await names('/company/companies')).not.toContain('Acme Limited');
    expect((await call('GET', '/service/boards/999/statuses')).status).toBe(404);
  });

  it('name statuses by inactive and closedStatus, not by the flags of other tables', async () => {
    const [board] = rowsOf(await call('GET', `/service/info/boards?${where('name = "Service Board"')}`));
    const statuses = rowsOf(await call('GET', `/service/boards/${board?.['id']}/statuses?pageSize=1000`));
    const by = (name: string) => statuses.find((status) => status['name'] === name);
    expect(by('Closed')).toMatchObject({ closedStatus: true, inactive: false });
    expect(by('Closed (no flag)')).toMatchObject({ closedStatus: false });
    expect(by('New')).toMatchObject({ defaultFlag: true });
    expect(by('Closed')).not.toHaveProperty('closedFlag');
  });

  it('page forward only by id, without page or order, to an empty header', async () => {
    const forward = { 'pagination-type': 'forward-only' };
    const seen: number[] = [];
    let next: string | undefined = '/service/tickets?pageSize=40&page=7';
    while (next !== undefined) {
      const answer: Awaited<ReturnType<typeof call>> = await call('GET', next, undefined, forward);
      seen.push(...rowsOf(answer).map(({ id }) => Number(id)));
      next = links(answer)['next'];
      expect(answer.headers.get('link')).not.toBeNull();
    }
    expect(seen).toHaveLength(60);
    expect((await call('GET', '/service/tickets?orderBy=id%20desc', undefined, forward)).status).toBe(400);
  });

  it('give only the fields asked for, _info included only by name', async () => {
    const [row] = rowsOf(await call('GET', '/service/tickets?fields=id,status/name,company/id&pageSize=1'));
    expect(row).toEqual({ id: 1001, status: { name: 'New' }, company: { id: expect.any(Number) } });
    const [withInfo] = rowsOf(await call('GET', '/service/tickets?fields=id,_info&pageSize=1'));
    expect(withInfo?.['_info']).toMatchObject({ updatedBy: 'HookWiseAPI' });
    expect((await call('GET', '/service/tickets?fields=id,nope')).status).toBe(400);
    expect((await call('GET', '/service/tickets?fields=initialDescription')).status).toBe(400);
    const made = await call('POST', '/service/tickets?fields=id', {
      summary: 'short',
      company: { identifier: 'HOOLI' },
    });
    expect(Object.keys(made.body as object)).toEqual(['id']);
  });

  it('order by nested fields and directions', async () => {
    const rows = rowsOf(await call('GET', '/service/tickets?orderBy=company/name desc, id desc&pageSize=1000'));
    const order = rows.map(({ company, id }) => [String(at(company, 'name')), Number(id)] as const);
    expect(order).toEqual([...order].sort(([a, i], [b, j]) => (a === b ? j - i : a < b ? 1 : -1)));
    expect((await call('GET', '/service/tickets?orderBy=nope')).status).toBe(400);
    expect((await call('GET', '/service/tickets?orderBy=id sideways')).status).toBe(400);
  });

  it('count and search with the same filters', async () => {
    const filter = 'board/name = "NOC" and company/identifier = "ACME"';
    const listed = rowsOf(await call('GET', `/service/tickets?${where(filter)}&pageSize=1000`));
    expect(listed).toHaveLength(10);
    expect((await call('GET', `/service/tickets/count?${where(filter)}`)).body).toEqual({ count: 10 });
    const found = await call('POST', '/service/tickets/search?pageSize=1000', {
      conditions: filter,
      orderBy: 'id desc',
    });
    expect(rowsOf(found).map(({ id }) => id)).toEqual(listed.map(({ id }) => id).reverse());
  });

  it('find a key by equality whatever its case, and by custom field', async () => {
    expect(rowsOf(await call('GET', `/service/tickets?${where('externalXRef = "KEY-7"')}`))).toHaveLength(1);
    const custom = encodeURIComponent('caption="Ref" AND value="ref-9"');
    expect(rowsOf(await call('GET', `/service/tickets?customFieldConditions=${custom}`))).toMatchObject([
      { externalXRef: 'key-9' },
    ]);
    expect((await call('GET', `/service/tickets?childConditions=${encodeURIComponent('x/y = 1')}`)).status).toBe(400);
  });

  it('refuse a bad filter with the words of the vendor, and an address over 2,000 characters', async () => {
    const bad = await call('GET', `/service/tickets?${where('nope = 1')}`);
    expect([bad.status, bad.body]).toEqual([
      400,
      { code: 'ApiFindCondition', message: 'nope is not a recognized name.', errors: null },
    ]);
    expect((await call('GET', `/service/tickets?${where(`summary = "${'x'.repeat(2000)}"`)}`)).status).toBe(414);
  });
});
