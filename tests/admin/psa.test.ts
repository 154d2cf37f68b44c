import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { getEndpoint } from '../../admin/server/endpoints/get.ts';
import { listEndpoints } from '../../admin/server/endpoints/list.ts';
import { patchEndpoint } from '../../admin/server/endpoints/patch.ts';
import { listHookwiseBoards } from '../../admin/server/hookwise-addresses/boards.ts';
import { getRefresh } from '../../admin/server/psa/get-refresh.ts';
import { listCatalog } from '../../admin/server/psa/list-catalog.ts';
import { refreshCatalog } from '../../admin/server/psa/refresh-catalog.ts';
import { keepCatalogProgress, writeCatalogLists, type CatalogList } from '../../infra/database/catalog-store.ts';
import { writeEndpointHealth } from '../../infra/database/endpoint-health.ts';
import { ownTemporal, type OwnTemporal } from '../support/incident-worker.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

const READ_AT = '2026-01-05T10:00:00.000Z';
const CONNECTWISE = {
  CW_URL: 'http://127.0.0.1:1/v4_6_release/apis/3.0',
  CW_COMPANY: 'sim',
  CW_PUBLIC_KEY: 'public',
  CW_PRIVATE_KEY: 'private',
  CW_CLIENT_ID: 'client',
  CW_DEFAULT_COMPANY_ID: 'ACME',
};
const list = (kind: CatalogList['kind'], parent: string | null, ...names: string[]): CatalogList => ({
  kind,
  parent,
  items: names.map((name, at) => ({ id: String(at + 1), name })),
});

let world: AdminWorld;
let temporal: OwnTemporal;

beforeAll(async () => {
  quietRuntime();
  temporal = await ownTemporal();
  world = await anAdminWorld({ ...CONNECTWISE, TEMPORAL_ADDRESS: temporal.address });
  await world.context.pool.query(`insert into connection (name, kind) values ('connectwise', 'connectwise')`);
}, 60_000);
afterAll(async () => {
  await world?.close();
  await temporal?.stop();
});

const pick = (kind: string, query: object = {}) => world.run(listCatalog, { kind, query });

describe('the access to ConnectWise', () => {
  it('lacks nothing where it is used, and else the check names each variable that is not set, and no value', async () => {
    expect(await world.run(getRefresh, {})).toMatchObject({ missing: [] });
    const { CW_URL, CW_PUBLIC_KEY, CW_PRIVATE_KEY } = CONNECTWISE;
    const begun = await anAdminWorld({ CW_URL, CW_PUBLIC_KEY, CW_PRIVATE_KEY });
    const answer = await begun.run(getRefresh, {});
    await begun.close();
    expect(answer.missing).toEqual(['CW_COMPANY', 'CW_CLIENT_ID']);
    expect(JSON.stringify(answer)).not.toContain(CW_PRIVATE_KEY);
  });
});

describe('without a catalog', () => {
  it('the lists are empty and say that they were never read, and nothing is warned of', async () => {
    expect(await pick('boards')).toEqual({ items: [], nextCursor: null, refreshedAt: null });
    expect(await world.run(getRefresh, {})).toMatchObject({ state: 'never', refreshedAt: null });
    const made = await world.run(createEndpoint, { body: { name: 'early', ticketing: { board: 'NOCC' } } });
    expect([made.warnings, made.problems]).toEqual([[], []]);
  });
});

describe('with a catalog', () => {
  beforeAll(() =>
    writeCatalogLists(
      world.context.pool,
      'connectwise',
      [
        list('boards', null, 'Service Board', 'NOC', '100% Board'),
        list('priorities', null, ...Array.from({ length: 25 }, (_, at) => `Priority ${at + 1}`)),
        list('statuses', 'Service Board', 'New', 'Closed'),
        list('statuses', 'NOC', 'Watching'),
        {
          kind: 'companies',
          parent: null,
          items: [
            { id: 'ACME', name: 'Acme Limited' },
            { id: 'GLOBEX', name: 'Globex Corporation' },
          ],
        },
      ],
      READ_AT,
    ),
  );

  it('a list shows its age, is searched by name or id without regard to case, and of its own board alone', async () => {
    expect(await pick('companies', { q: 'glob' })).toEqual({
      items: [{ id: 'GLOBEX', name: 'Globex Corporation' }],
      nextCursor: null,
      refreshedAt: READ_AT,
    });
    expect((await pick('companies', { q: 'acme' })).items).toHaveLength(1);
    expect((await pick('boards', { q: '%' })).items.map(({ name }) => name)).toEqual(['100% Board']);
    expect((await pick('statuses', { parent: 'noc' })).items.map(({ name }) => name)).toEqual(['Watching']);
    expect((await pick('statuses')).items.map(({ name }) => name)).toEqual(['New', 'Closed']);
    expect((await pick('statuses', { parent: 'no such board' })).refreshedAt).toBeNull();
  });

  it('pages hold each entry once, in the system’s order', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await pick('priorities', { limit: 10, ...(cursor === null ? {} : { cursor }) });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, at) => `Priority ${at + 1}`));
    expect((await world.refusal(listCatalog, { kind: 'boards', query: { cursor: 'what' } })).code).toBe('invalid');
    expect((await world.refusal(listCatalog, { kind: 'desks', query: {} })).faults[0]?.path).toBe('kind');
  });

  it('HookWise’s address lists the boards', async () => {
    expect((await world.run(listHookwiseBoards, {})).map(({ name }) => name)).toContain('NOC');
  });

  it('saving a name that is not there is accepted, and warned of with its place and the nearest names', async () => {
    const made = await world.run(createEndpoint, {
      body: {
        name: 'doubtful',
        ticketing: {
          board: 'nocc',
          priority: 'PRIORITY 1',
          companyId: 'acmee',
          routingRules: [{ path: '$.a', pattern: 'b', overrides: { board: 'NOC', status: 'Wotching' } }],
        },
      },
    });
    expect(made.warnings).toEqual([
      { path: 'ticketing.board', message: 'The ticket system has no active board “nocc”. The nearest: “NOC”.' },
      { path: 'ticketing.companyId', message: expect.stringContaining('“ACME” (Acme Limited)') },
      { path: 'ticketing.routingRules.0.overrides.status', message: expect.stringContaining('“Watching”') },
    ]);
    expect(made.problems).toEqual(made.warnings);

    const mended = await world.run(patchEndpoint, {
      id: made.id,
      body: { ticketing: { board: 'noc', companyId: 'acme', routingRules: [] } },
    });
    expect([mended.warnings, mended.problems]).toEqual([[], []]);
    expect(await world.run(getEndpoint, { id: made.id })).toMatchObject({ problems: [] });
  });

  it('an endpoint shows what the regular check found of its present version, in the list too', async () => {
    const { id } = await world.run(createEndpoint, { body: { name: 'went bad' } });
    const problems = [{ path: 'ticketing.board', message: 'It is gone.' }];
    const at = new Date(Date.now() + 60_000).toISOString();
    await writeEndpointHealth(world.context.pool, [{ endpointId: id, version: 1, problems }], at);
    expect(await world.run(getEndpoint, { id })).toMatchObject({ problems, checkedAt: at });
    const { items } = await world.run(listEndpoints, { query: { q: 'went bad' } });
    expect(items[0]).toMatchObject({ problems, checkedAt: at });
    await writeEndpointHealth(world.context.pool, [{ endpointId: id, version: 1, problems: [] }], READ_AT);
    expect((await world.run(getEndpoint, { id })).problems).toEqual(problems);
    await world.run(patchEndpoint, { id, body: { description: 'looked after' } });
    expect((await world.run(getEndpoint, { id })).problems).toEqual([]);
  });

  it('an overlap of windows is warned of as well', async () => {
    const window = { type: 'daily', start: '10:00', end: '12:00' };
    const made = await world.run(createEndpoint, {
      body: { name: 'overlapping', maintenance: [window, { ...window, start: '11:00', policy: 'hold' }] },
    });
    expect(made.warnings).toEqual([{ path: 'maintenance.1', message: expect.stringContaining('overlaps') }]);
  });
});

describe('reading anew', () => {
  it('is asked of Temporal by an operator, audited, and joined when it is under way', async () => {
    expect((await world.refusal(refreshCatalog, {}, 'viewer')).code).toBe('forbidden');
    const { workflowId } = await world.run(refreshCatalog, {}, 'operator');
    const { runId, status } = await temporal.client.workflow.getHandle(workflowId).describe();
    expect(status.name).toBe('RUNNING');
    await world.run(refreshCatalog, {}, 'operator');
    expect((await temporal.client.workflow.getHandle(workflowId).describe()).runId).toBe(runId);
    const { rows } = await world.context.pool.query(
      `select entity_id from audit_entry where action = 'refresh' and entity = 'catalog'`,
    );
    expect(rows).toEqual([{ entity_id: 'connectwise' }, { entity_id: 'connectwise' }]);
  });

  it('shows how far it is', async () => {
    await keepCatalogProgress(world.context.pool, 'connectwise', {
      state: 'reading',
      startedAt: '2026-01-06T10:00:00.000Z',
      endedAt: null,
      read: 9,
      lists: 125,
      items: 300,
      faults: [],
      reason: null,
    });
    expect(await world.run(getRefresh, {}, 'viewer')).toMatchObject({
      state: 'reading',
      read: 9,
      lists: 125,
      refreshedAt: READ_AT,
    });
  });

  it('is refused as unavailable while Temporal is away', { timeout: 30_000 }, async () => {
    const lonely = await anAdminWorld();
    try {
      expect((await lonely.refusal(refreshCatalog, {})).code).toBe('unavailable');
    } finally {
      await lonely.close();
    }
  });
});
