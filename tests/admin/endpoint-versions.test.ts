import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { getEndpoint } from '../../admin/server/endpoints/get.ts';
import { listChanges } from '../../admin/server/endpoints/list-changes.ts';
import { patchEndpoint } from '../../admin/server/endpoints/patch.ts';
import { restoreVersion } from '../../admin/server/endpoints/restore-version.ts';
import { rotateToken } from '../../admin/server/endpoints/rotate-token.ts';
import { diffVersions, getVersion, listVersions } from '../../admin/server/endpoints/versions.ts';
import { openEndpointSecrets } from '../../infra/crypto/endpoint-secrets.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const make = (body: object) => world.run(createEndpoint, { body: { name: 'Versioned', ...body } });
const patch = (id: string, body: object) => world.run(patchEndpoint, { id, body });
const restore = (id: string, version: number) => world.run(restoreVersion, { id, version: String(version) });
const diff = async (id: string, from: number, to: number) =>
  (await world.run(diffVersions, { id, version: String(from), other: String(to) }, 'viewer')).changes;
const valuesOf = async (id: string) => {
  const { rows } = await world.context.pool.query('select secrets_cipher from endpoint where id = $1', [id]);
  return Object.values(openEndpointSecrets(world.context.cipher, id, rows[0].secrets_cipher)).map(({ value }) => value);
};

describe('the versions of an endpoint', () => {
  it('are every save, newest first, a page at a time, with who and when', async () => {
    const { id } = await make({});
    for (const board of ['A', 'B', 'C']) await patch(id, { ticketing: { board } });
    const first = await world.run(listVersions, { id, query: { limit: '3' } }, 'viewer');
    expect(first.items.map(({ version, isCurrent }) => [version, isCurrent])).toEqual([
      [4, true],
      [3, false],
      [2, false],
    ]);
    expect(first.items[0]).toMatchObject({ savedBy: 'API key: test', savedAt: expect.stringMatching(/^20\d\d-.*Z$/) });
    const last = await world.run(listVersions, { id, query: { limit: '3', cursor: first.nextCursor } });
    expect([last.items.map(({ version }) => version), last.nextCursor]).toEqual([[1], null]);
    const second = await world.run(getVersion, { id, version: '2' }, 'viewer');
    expect(second.config.ticketing.board).toBe('A');
    for (const version of ['0', '5', 'x', '-1', '99999999999', '1e2'])
      expect([version, (await world.refusal(getVersion, { id, version })).code]).toEqual([version, 'not-found']);
    const odd = await world.refusal(listVersions, { id, query: { cursor: 'nonsense' } });
    expect(odd.faults[0]?.path).toBe('cursor');
  });

  it('can be compared in readable places, and no secret is ever shown', async () => {
    const { id } = await make({
      ticketing: { board: 'A', openValues: ['0'], mapping: { summary: '$.a' } },
      verification: [{ type: 'bearer' }, { type: 'hmac', secret: 'first secret' }],
    });
    await patch(id, {
      ticketing: {
        board: null,
        openValues: ['0', 'down'],
        mapping: { summary: '$.b', item: '$.i' },
        routingRules: [{ path: '$.x', pattern: 'y', overrides: { drop: true } }],
      },
      verification: [{ type: 'bearer' }, { type: 'hmac', secret: 'other secret' }],
    });
    const changes = await diff(id, 1, 2);
    expect(changes.sort((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: 'ticketing.board', before: 'A', after: null },
      { path: 'ticketing.mapping.item', before: null, after: '$.i' },
      { path: 'ticketing.mapping.summary', before: '$.a', after: '$.b' },
      { path: 'ticketing.openValues', before: ['0'], after: ['0', 'down'] },
      {
        path: 'ticketing.routingRules.0',
        before: null,
        after: { path: '$.x', pattern: 'y', overrides: { drop: true } },
      },
      { path: 'verification.1.secret', before: '********', after: '********' },
    ]);
    await patch(id, { verification: [{ type: 'ip', allow: ['10.0.0.1'] }] });
    const whole = JSON.stringify([await diff(id, 2, 3), await diff(id, 3, 1), await diff(id, 1, 1)]);
    expect(whole).not.toMatch(/secret"?:"(first|other)|secretId|first secret|other secret|hmac-|bearer-/);
    expect(JSON.stringify(await world.run(getVersion, { id, version: '1' }))).not.toMatch(/first secret|secretId/);
  });

  it('can be restored as a new version, audited, with the secrets of now', async () => {
    const { id, token } = await make({
      ticketing: { board: 'A' },
      verification: [{ type: 'bearer' }, { type: 'hmac', secret: 'old', header: 'X-Sig' }],
    });
    await patch(id, {
      name: 'Renamed',
      ticketing: { board: 'B' },
      verification: [{ type: 'bearer' }, { type: 'hmac', secret: 'new', header: 'X-Sig' }],
    });
    const rotated = await world.run(rotateToken, { id, body: { overlapSeconds: 0 } });
    expect(rotated.token).not.toBe(token);
    const restored = await restore(id, 1);
    expect(restored).toMatchObject({ version: 3, name: 'Versioned', ticketing: { board: 'A' } });
    expect(restored.token).toBeUndefined();
    expect((await valuesOf(id)).sort()).toEqual(['new', rotated.token].sort());
    expect((await world.run(getEndpoint, { id })).ticketing.board).toBe('A');
    const { rows } = await world.context.pool.query(
      `select action, after->>'restoredFrom' as "from" from audit_entry where entity_id = $1 order by at desc, id desc limit 1`,
      [id],
    );
    expect(rows).toEqual([{ action: 'restore', from: '1' }]);
    expect((await diff(id, 1, 3)).filter(({ path }) => !path.startsWith('verification'))).toEqual([]);
  });

  it('answers a token where the restored version asks for a bearer and there is none now', async () => {
    const { id } = await make({});
    await patch(id, { verification: [] });
    const restored = await restore(id, 1);
    expect(restored.token).toMatch(/^[\w-]{43}$/);
    expect(await valuesOf(id)).toEqual([restored.token]);
  });

  it('says why one cannot be restored: its secret is gone, or it holds now; and changes nothing then', async () => {
    const { id } = await make({ verification: [{ type: 'hmac', secret: 'gone' }] });
    await patch(id, { verification: [{ type: 'bearer' }] });
    const refusal = await world.refusal(restoreVersion, { id, version: '1' });
    expect([refusal.code, refusal.faults[0]?.path]).toEqual(['conflict', 'verification.0.secret']);
    expect(refusal.message).toContain('add the HMAC check');
    expect((await world.refusal(restoreVersion, { id, version: '2' })).code).toBe('conflict');
    expect((await world.refusal(restoreVersion, { id, version: '9' })).code).toBe('not-found');
    expect((await world.refusal(restoreVersion, { id, version: '1' }, 'operator')).code).toBe('forbidden');
    expect((await world.run(getEndpoint, { id })).version).toBe(2);
  });

  it('guard a change: one made on an older version is refused, says who saved meanwhile, and changes nothing', async () => {
    const { id } = await make({});
    await patch(id, { pinned: true });
    const late = { id, body: { description: 'late' }, query: { expectedVersion: '1' } };
    const refusal = await world.refusal(patchEndpoint, late);
    expect([refusal.code, refusal.message]).toEqual(['conflict', expect.stringContaining('API key: test saved it')]);
    expect(refusal.details).toMatchObject({ reason: 'version', version: 2, savedBy: 'API key: test' });
    expect(await world.run(getEndpoint, { id })).toMatchObject({ version: 2, description: '', pinned: true });
    const again = await world.run(patchEndpoint, { ...late, query: { expectedVersion: '2' } });
    expect(again).toMatchObject({ version: 3, description: 'late', pinned: true });
    const restored = { id, version: '1', query: { expectedVersion: '2' } };
    expect((await world.refusal(restoreVersion, restored)).details).toMatchObject({ reason: 'version', version: 3 });
    const odd = await world.refusal(patchEndpoint, { ...late, query: { expectedVersion: 'x' } });
    expect(odd.faults[0]?.path).toBe('expectedVersion');
  });

  it('are not made by a change that changes nothing, nor by a place in lists, which is audited', async () => {
    const { id } = await make({ ticketing: { board: 'A' }, verification: [{ type: 'hmac', secret: 's' }] });
    const masked = [{ type: 'hmac', secret: '********' }];
    for (const body of [{}, { ticketing: { board: 'A' } }, { verification: masked, position: 0 }])
      expect(await patch(id, body)).toMatchObject({ version: 1, position: 0, warnings: [] });
    expect(await patch(id, { position: 70 })).toMatchObject({ version: 1, position: 70 });
    expect(await patch(id, { position: 71, ticketing: { board: 'B' } })).toMatchObject({ version: 2, position: 71 });
    expect(await patch(id, { verification: [{ type: 'hmac', secret: 'another' }] })).toMatchObject({ version: 3 });
    expect((await world.run(listVersions, { id, query: {} })).items.map(({ version }) => version)).toEqual([3, 2, 1]);
    const { rows } = await world.context.pool.query(
      `select action, after->>'position' as position from audit_entry where entity_id = $1 order by at, id`,
      [id],
    );
    expect(rows.map(({ action, position }) => [action, position])).toEqual([
      ['create', '0'],
      ['move', '70'],
      ['patch', '71'],
      ['patch', '71'],
    ]);
  });

  it('of a deleted endpoint are not there', async () => {
    const ghost = '0198c0de-0000-7000-8000-00000000dead';
    expect((await world.refusal(listVersions, { id: ghost, query: {} })).code).toBe('not-found');
    expect((await world.refusal(diffVersions, { id: ghost, version: '1', other: '1' })).code).toBe('not-found');
  });
});

describe('the changes of a list of rules', () => {
  const rule = (pattern: string) => ({ path: '$.a', pattern });

  it('are told where they are: one put between two is one change', () => {
    expect(listChanges({ r: [rule('1'), rule('3')] }, { r: [rule('1'), rule('2'), rule('3')] })).toEqual([
      { path: 'r.1', before: null, after: rule('2') },
    ]);
    expect(listChanges({ r: [rule('1'), rule('2'), rule('3')] }, { r: [rule('2'), rule('3')] })).toEqual([
      { path: 'r.0', before: rule('1'), after: null },
    ]);
    expect(listChanges({ r: [rule('1'), rule('2')] }, { r: [rule('1'), rule('x')] })).toEqual([
      { path: 'r.1.pattern', before: '2', after: 'x' },
    ]);
  });
});
