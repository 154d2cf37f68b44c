import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../../admin/server/endpoints/create.ts';
import { patchEndpoint } from '../../../admin/server/endpoints/patch.ts';
import { differencesOf } from '../../../admin/server/audit-log/differences.ts';
import { listAudit } from '../../../admin/server/audit-log/list.ts';
import { patchSettings } from '../../../admin/server/settings/patch.ts';
import { anAdminWorld, type AdminWorld } from '../admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

describe('the differences of an audit entry', () => {
  it('are the places that are not the same, each with before and after', () => {
    expect(differencesOf({ a: 1, b: { c: 2, d: [1] } }, { a: 1, b: { c: 3, d: [1, 2] }, e: 4 })).toEqual([
      { path: 'b.c', before: 2, after: 3 },
      { path: 'b.d', before: [1], after: [1, 2] },
      { path: 'e', before: null, after: 4 },
    ]);
  });

  it('name each place of what was made or deleted, and nothing where nothing changed', () => {
    expect(differencesOf(undefined, { name: 'x' })).toEqual([{ path: 'name', before: null, after: 'x' }]);
    expect(differencesOf({ name: 'x' }, null)).toEqual([{ path: 'name', before: 'x', after: null }]);
    expect(differencesOf({ a: [1] }, { a: [1] })).toEqual([]);
    expect(differencesOf('a', 'b')).toEqual([{ path: '', before: 'a', after: 'b' }]);
  });
});

describe('the audit', () => {
  it('lists who changed what, the newest first, by cursor, and filters', async () => {
    const { id } = await world.run(createEndpoint, { body: { name: 'Audited' } });
    await world.run(patchEndpoint, { id, body: { description: 'Now with words' } });
    await world.run(patchSettings, { body: { logRetentionDays: 31 } });
    const first = await world.run(listAudit, { query: { limit: 1 } }, 'operator');
    expect(first.items[0]).toMatchObject({ actor: 'API key: test', entity: 'settings', sourceIp: '127.0.0.1' });
    expect(first.items[0]?.differences).toContainEqual(
      expect.objectContaining({ path: 'logRetentionDays', after: 31 }),
    );
    const rest = await world.run(listAudit, { query: { cursor: first.nextCursor, entityId: id } });
    expect(rest.items.map(({ entity }) => entity)).toEqual(['endpoint', 'endpoint']);
    expect(rest.items[0]?.differences).toContainEqual({ path: 'description', before: '', after: 'Now with words' });
    expect((await world.run(listAudit, { query: { actor: 'nobody' } })).items).toEqual([]);
    expect((await world.run(listAudit, { query: { actor: 'KEY: TE', entity: 'settings' } })).items).toHaveLength(1);
  });

  it('is not for viewers, and a cursor that nobody gave out is refused', async () => {
    expect(await world.refusal(listAudit, { query: {} }, 'viewer')).toMatchObject({ code: 'forbidden' });
    expect(await world.refusal(listAudit, { query: { cursor: 'abc' } })).toMatchObject({ code: 'invalid' });
  });
});
