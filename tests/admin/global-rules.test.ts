import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWindow, deleteWindow, listWindows, patchWindow } from '../../admin/server/maintenance-windows/verbs.ts';
import { getSettings } from '../../admin/server/settings/get.ts';
import { patchSettings } from '../../admin/server/settings/patch.ts';
import {
  createTenantMapping,
  deleteTenantMapping,
  getTenantMapping,
  listTenantMappings,
  patchTenantMapping,
} from '../../admin/server/tenant-mappings/verbs.ts';
import {
  configVersion,
  loadMaintenanceWindows,
  loadSettings,
  loadTenantMappings,
} from '../../infra/database/config-store.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const audits = async (entityId: string) =>
  (
    await world.context.pool.query('select action from audit_entry where entity_id = $1 order by at, id', [entityId])
  ).rows.map((row) => row.action);

describe('tenant mappings', () => {
  it('are made, changed and deleted as the planner reads them, each with its audit row', async () => {
    const before = await configVersion(world.context.pool);
    const made = await world.run(createTenantMapping, { body: { tenant: 'Acme*', companyId: 'ACME' } });
    expect(await loadTenantMappings(world.context.pool)).toEqual([{ tenant: 'Acme*', companyId: 'ACME' }]);
    expect(await configVersion(world.context.pool)).toBeGreaterThan(before);
    const patched = await world.run(patchTenantMapping, { id: made.id, body: { companyId: 'ACME2' } });
    expect(patched).toMatchObject({ tenant: 'Acme*', companyId: 'ACME2', description: '' });
    expect(await world.run(getTenantMapping, { id: made.id }, 'viewer')).toEqual(patched);
    await world.run(deleteTenantMapping, { id: made.id });
    expect((await world.refusal(getTenantMapping, { id: made.id })).code).toBe('not-found');
    expect((await world.refusal(deleteTenantMapping, { id: made.id })).code).toBe('not-found');
    expect(await audits(made.id)).toEqual(['create', 'patch', 'delete']);
  });

  it('are one for each tenant, whatever the case, and a refused one leaves no audit row', async () => {
    await world.run(createTenantMapping, { body: { tenant: 'Beta', companyId: 'B' } });
    const other = await world.run(createTenantMapping, { body: { tenant: 'Gamma', companyId: 'G' } });
    expect((await world.refusal(createTenantMapping, { body: { tenant: 'BETA', companyId: 'C' } })).code).toBe(
      'conflict',
    );
    expect((await world.refusal(patchTenantMapping, { id: other.id, body: { tenant: 'beta' } })).code).toBe('conflict');
    expect(await audits(other.id)).toEqual(['create']);
    const first = await world.run(listTenantMappings, { query: { limit: '1' } });
    const second = await world.run(listTenantMappings, { query: { limit: '1', cursor: first.nextCursor } });
    expect([...first.items, ...second.items].map(({ tenant }) => tenant)).toEqual(['Beta', 'Gamma']);
    expect(second.nextCursor).toBeNull();
  });
});

describe('maintenance windows for all endpoints', () => {
  it('are kept as the planner reads them', async () => {
    const window = { type: 'weekly', days: ['friday', 'Mon'], start: '22:00', end: '04:00', policy: 'hold' };
    const made = await world.run(createWindow, { body: { name: 'nights', window } }, 'operator');
    const kept = {
      type: 'weekly',
      days: ['Mon', 'Fri'],
      start: '22:00',
      end: '04:00',
      policy: 'hold',
      timezone: 'UTC',
    };
    expect(await loadMaintenanceWindows(world.context.pool)).toEqual([{ id: made.id, name: 'nights', window: kept }]);
    expect((await world.run(patchWindow, { id: made.id, body: { name: 'weekends' } }, 'operator')).window).toEqual(
      kept,
    );
    expect((await world.run(listWindows, { query: {} })).items.map(({ name }) => name)).toEqual(['weekends']);
    await world.run(deleteWindow, { id: made.id }, 'operator');
    expect(await loadMaintenanceWindows(world.context.pool)).toEqual([]);
    expect(await audits(made.id)).toEqual(['create', 'patch', 'delete']);
  });
});

describe('windows for all endpoints that are on at the same time', () => {
  it('are kept, and the answer says which they meet, once and in other zones too, and of one in the past that it is over', async () => {
    const daily = (start: string, end: string, timezone = 'UTC') => ({ type: 'daily', start, end, timezone });
    const make = (name: string, window: object) => world.run(createWindow, { body: { name, window } }, 'operator');
    const first = await make('nights', daily('22:00', '04:00'));
    expect(first.warnings).toEqual([]);
    const second = await make('lunch', daily('12:00', '13:00'));
    expect(second.warnings).toEqual([]);
    const patched = await world.run(
      patchWindow,
      { id: second.id, body: { window: daily('03:00', '05:00') } },
      'operator',
    );
    expect(patched.warnings).toEqual([
      { path: 'window', message: expect.stringMatching(/^overlaps “nights”; .*Move one of them/) },
    ]);
    const once = await make('move', {
      type: 'once',
      start: '2098-07-01T05:30',
      end: '2098-07-01T05:45',
      timezone: 'Europe/Berlin',
    });
    expect(once.warnings?.[0]?.message).toContain('“nights”, “lunch”');
    const past = await make('past', { type: 'once', start: '2020-07-01T05:30', end: '2020-07-01T23:45' });
    expect(past.warnings).toEqual([{ path: 'window', message: expect.stringMatching(/^is over already: /) }]);
    const apart = await make('noon', daily('14:30', '15:00', 'Europe/Berlin'));
    expect(apart.warnings).toEqual([]);
    for (const { id } of [first, second, once, past, apart]) await world.run(deleteWindow, { id }, 'operator');
  });
});

describe('settings', () => {
  it('have defaults, are saved where they are read, and are changed by administrators alone', async () => {
    expect(await world.run(getSettings, {}, 'viewer')).toMatchObject({
      maintenanceMode: false,
      maintenancePolicy: 'skip',
      logRetentionDays: 30,
      maskingWords: [],
    });
    const saved = await world.run(patchSettings, {
      body: { maintenanceMode: true, maintenancePolicy: 'hold', logRetentionDays: 7 },
    });
    expect(saved).toMatchObject({ maintenanceMode: true, maintenancePolicy: 'hold', logRetentionDays: 7 });
    expect(await loadSettings(world.context.pool)).toMatchObject({ maintenanceMode: true, maintenancePolicy: 'hold' });
    expect((await world.refusal(patchSettings, { body: {} }, 'operator')).code).toBe('forbidden');
    expect((await world.refusal(patchSettings, { body: { maintenanceMode: 'on' } })).faults[0]?.path).toBe(
      'maintenanceMode',
    );
    expect((await world.refusal(patchSettings, { body: { colour: 1 } })).faults[0]?.path).toBe('colour');
  });
});
