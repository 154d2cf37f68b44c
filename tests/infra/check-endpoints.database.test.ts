import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkEndpoints, type CheckGround } from '../../infra/check-endpoints.ts';
import { loadCatalogLists, writeCatalogLists } from '../../infra/database/catalog-store.ts';
import { writeEndpointHealth } from '../../infra/database/endpoint-health.ts';
import { createPool, type Pool } from '../../infra/database/pool.ts';
import type { EndpointConfig, TicketingConfig } from '../../workflows/contracts/endpoint-config.ts';
import { aConfig } from '../support/builders.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.url, { name: 'test', max: 2 });
  for (const connection of ['connectwise', 'desk'])
    await writeCatalogLists(
      pool,
      connection,
      [
        { kind: 'boards', parent: null, items: [{ id: '1', name: 'Service Board' }] },
        { kind: 'priorities', parent: null, items: [{ id: '1', name: 'P1' }] },
        { kind: 'statuses', parent: 'Service Board', items: [{ id: '1', name: 'New' }] },
      ],
      '2026-01-05T10:00:00Z',
    );
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const pathsOf = async (
  connection: string,
  ticketing: Partial<TicketingConfig>,
  more: Partial<CheckGround> = {},
): Promise<string[]> => {
  const ground = { connection, defaultBoard: 'Service Board', defaultCompanyId: 'ACME', ...more };
  const [problems = []] = await checkEndpoints(pool, ground, [aConfig({ ticketing })]);
  return problems.map(({ path }) => path);
};

it('many configurations are checked in one go, each answered in its place', async () => {
  const configs: EndpointConfig[] = ['P1', 'P9', 'p1', 'P8'].map((priority) => aConfig({ ticketing: { priority } }));
  const ground = { connection: 'connectwise', defaultBoard: 'Service Board', defaultCompanyId: 'ACME' };
  expect((await checkEndpoints(pool, ground, configs)).map((problems) => problems.length)).toEqual([0, 1, 0, 1]);
  expect(await checkEndpoints(pool, ground, [])).toEqual([]);
});

it('a status is looked for on the default board where the endpoint names none', async () => {
  expect(await pathsOf('connectwise', { status: 'Nope' })).toEqual(['ticketing.status']);
  expect(await pathsOf('connectwise', { status: 'new' })).toEqual([]);
});

it('the desk takes new boards, types and companies, but no status or priority it does not have', async () => {
  expect(await pathsOf('desk', { board: 'NOC', type: 'Any', companyId: 'ANY' })).toEqual([]);
  expect(await pathsOf('desk', { status: 'Nope', priority: 'P9' })).toEqual(['ticketing.status', 'ticketing.priority']);
  expect(await pathsOf('desk', {}, { defaultCompanyId: null })).toEqual([]);
});

it('a connection whose catalog was never read warns of no name', async () => {
  expect(await pathsOf('other', { board: 'x', priority: 'y', companyId: 'z' })).toEqual([]);
});

it('where nothing names a company it is a problem, until a tenant is mapped', async () => {
  expect(await pathsOf('connectwise', {}, { defaultCompanyId: null })).toEqual(['ticketing.companyId']);
  expect(await pathsOf('connectwise', { enabled: false, priority: 'P9' }, { defaultCompanyId: null })).toEqual([]);
  await pool.query(`insert into tenant_mapping (id, tenant, company_id) values (gen_random_uuid(), 'a', 'A')`);
  expect(await pathsOf('connectwise', {}, { defaultCompanyId: null })).toEqual([]);
});

it('what was found of a newer version, or later, is not overwritten', async () => {
  const endpointId = '0199aaaa-0000-7000-8000-000000000001';
  const write = (version: number, at: string, message: string) =>
    writeEndpointHealth(pool, [{ endpointId, version, problems: [{ path: '', message }] }], at);
  await write(2, '2026-01-05T10:00:00Z', 'second');
  await write(1, '2026-01-05T11:00:00Z', 'a slow check of the first');
  await write(2, '2026-01-05T09:00:00Z', 'earlier');
  const { rows } = await pool.query('select version, problems from endpoint_health');
  expect(rows).toEqual([{ version: 2, problems: [{ path: '', message: 'second' }] }]);
});

it('a list read later than another reading stays as it is', async () => {
  const write = (name: string, at: string) =>
    writeCatalogLists(pool, 'order', [{ kind: 'boards', parent: null, items: [{ id: name, name }] }], at);
  await write('late', '2026-01-05T10:00:00Z');
  await write('early', '2026-01-05T09:00:00Z');
  expect((await loadCatalogLists(pool, 'order', ['boards'], null))[0]?.items).toEqual([{ id: 'late', name: 'late' }]);
});
