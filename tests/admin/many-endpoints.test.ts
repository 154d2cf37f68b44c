import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeEndpoints } from '../../admin/server/endpoints/bulk.ts';
import { cloneEndpoint } from '../../admin/server/endpoints/clone.ts';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { exportEndpoints } from '../../admin/server/endpoints/export.ts';
import { getEndpoint } from '../../admin/server/endpoints/get.ts';
import { listEndpoints } from '../../admin/server/endpoints/list.ts';
import { moveEndpoint } from '../../admin/server/endpoints/move.ts';
import { patchEndpoint } from '../../admin/server/endpoints/patch.ts';
import { restoreVersion } from '../../admin/server/endpoints/restore-version.ts';
import { undeleteEndpoint } from '../../admin/server/endpoints/undelete.ts';
import { diffVersions } from '../../admin/server/endpoints/versions.ts';
import { applyFile } from '../../admin/server/transfer/apply.ts';
import { sha256 } from '../../infra/crypto/cipher.ts';
import { loadEndpointByKeyDigest } from '../../infra/database/config-store.ts';
import { openEndpointSecrets } from '../../infra/crypto/endpoint-secrets.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const GHOST = '0198c0de-0000-7000-8000-00000000dead';
const make = async (body: object) => world.run(createEndpoint, { body });
const makeAll = async (prefix: string, count: number, more: object = {}) => {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) ids.push((await make({ name: `${prefix} ${at}`, ...more })).id);
  return ids;
};
const move = (id: string, after: string | null) => world.run(moveEndpoint, { id, body: { after } });
const bulk = (body: object) => world.run(changeEndpoints, { body });
const namesOf = async (prefix: string) =>
  (await world.run(listEndpoints, { query: { q: prefix, limit: '200' } })).items.map(({ name }) => name);
const get = (id: string) => world.run(getEndpoint, { id });
const auditOf = async (ids: readonly string[], action: string) => {
  const { rows } = await world.context.pool.query(
    'select before, after from audit_entry where entity_id = any($1) and action = $2 order by entity_id',
    [ids, action],
  );
  return rows;
};
const secretsOf = async (id: string) => {
  const { rows } = await world.context.pool.query('select secrets_cipher from endpoint where id = $1', [id]);
  return Object.values(openEndpointSecrets(world.context.cipher, id, rows[0].secrets_cipher)).map(({ value }) => value);
};

describe('the place of an endpoint in lists', () => {
  it('changes by a move without making a version of any endpoint, even where all places must be numbered anew', async () => {
    const ids = await makeAll('Row', 6);
    await move(ids[5] ?? '', null);
    await move(ids[0] ?? '', ids[3] ?? '');
    expect(await namesOf('Row')).toEqual(['Row 5', 'Row 1', 'Row 2', 'Row 3', 'Row 0', 'Row 4']);
    const { rows } = await world.context.pool.query(
      'select count(*)::int as versions from endpoint_version where endpoint_id = any($1)',
      [ids],
    );
    expect(rows).toEqual([{ versions: 6 }]);
    const placed = await get(ids[0] ?? '');
    expect([placed.version, placed.position > 0]).toEqual([1, true]);
    expect(await auditOf(ids, 'move')).toHaveLength(2);
  });

  it('is left alone by a move to where it stands, and no audit row is written', async () => {
    const [first = '', second = ''] = await makeAll('Still', 2);
    const { items } = await world.run(listEndpoints, { query: { limit: '200' } });
    const before = items[items.findIndex(({ id }) => id === first) - 1]?.id ?? null;
    expect(await move(first, before)).toEqual({ moved: 0 });
    expect(await move(second, first)).toEqual({ moved: 0 });
    expect(await auditOf([first, second], 'move')).toEqual([]);
  });

  it('stays one of its own when many are moved at once', async () => {
    const ids = await makeAll('Rush', 5);
    await Promise.all(ids.toReversed().map((id) => move(id, null)));
    const { rows } = await world.context.pool.query(
      `select count(distinct position)::int as places, bool_and(position = (config->>'position')::int) as agree from endpoint where id = any($1)`,
      [ids],
    );
    expect(rows).toEqual([{ places: 5, agree: true }]);
  });

  it('is neither compared nor restored with a version', async () => {
    const [a = '', b = ''] = await makeAll('Kept', 2);
    await move(b, null);
    const { position } = await get(b);
    await world.run(patchEndpoint, { id: b, body: { description: 'second' } });
    const { changes } = await world.run(diffVersions, { id: b, version: '1', other: '2' });
    expect(changes).toEqual([{ path: 'description', before: '', after: 'second' }]);
    await world.run(restoreVersion, { id: b, version: '1' });
    expect([(await get(b)).position, (await namesOf('Kept'))[0]]).toEqual([position, 'Kept 1']);
    expect((await world.refusal(moveEndpoint, { id: a, body: { after: GHOST } })).faults[0]?.path).toBe('after');
  });
});

describe('many endpoints at once', () => {
  it('are paused and resumed: a version and an audit row for each that was not so before', async () => {
    const ids = await makeAll('Switch', 3);
    await world.run(patchEndpoint, { id: ids[1], body: { enabled: false } });
    const paused = await bulk({ action: 'pause', ids: [...ids, ids[0]] });
    expect(paused.changed.toSorted()).toEqual([ids[0], ids[2]].toSorted());
    const after = await Promise.all(ids.map(get));
    expect(after.map(({ enabled, version }) => [enabled, version])).toEqual([
      [false, 2],
      [false, 2],
      [false, 2],
    ]);
    const { changes } = await world.run(diffVersions, { id: ids[0], version: '1', other: '2' });
    expect(changes).toEqual([{ path: 'enabled', before: true, after: false }]);
    expect((await auditOf(ids, 'pause')).map(({ before }) => before.enabled)).toEqual([true, true]);
    expect((await bulk({ action: 'resume', ids })).changed).toHaveLength(3);
    expect((await Promise.all(ids.map(get))).every(({ enabled }) => enabled)).toBe(true);
  });

  it('are all left alone where one of them is not there, which is named by its place', async () => {
    const ids = await makeAll('Whole', 2);
    const refusal = await world.refusal(changeEndpoints, { body: { action: 'pause', ids: [ids[0], GHOST, ids[1]] } });
    expect([refusal.code, refusal.faults.map(({ path }) => path)]).toEqual(['invalid', ['ids.1']]);
    expect((await get(ids[0] ?? '')).enabled).toBe(true);
    expect((await world.refusal(changeEndpoints, { body: { action: 'pause', ids: [] } })).code).toBe('invalid');
    const operator = await world.refusal(changeEndpoints, { body: { action: 'pause', ids } }, 'operator');
    expect(operator.code).toBe('forbidden');
  });

  it('are deleted, and their open incidents get an order to close where that was asked', async () => {
    const ids = await makeAll('Gone', 2);
    await world.context.pool.query(
      `insert into incident (id, endpoint_id, key, name, summary, summary_digest, shard, connection, phase)
       values ($1, $2, 'k', 'n', 's', 'd', 0, 'desk', 'open')`,
      ['0198c0de-0000-7000-8000-0000000000aa', ids[0]],
    );
    expect((await bulk({ action: 'delete', ids, incidents: 'close' })).changed).toHaveLength(2);
    expect(await namesOf('Gone')).toEqual([]);
    expect((await auditOf(ids, 'delete')).map(({ before }) => before.name)).toEqual(['Gone 0', 'Gone 1']);
    const { rows } = await world.context.pool.query('select kind, input from incident_order');
    expect(rows).toEqual([{ kind: 'close', input: { text: expect.stringContaining('"Gone 0" was deleted') } }]);
  });

  it('come back as they were, all or none, audited, for as long as a day has not passed', async () => {
    const ids = await makeAll('Back', 2, { verification: [{ type: 'bearer' }, { type: 'hmac', secret: 'kept' }] });
    const before = await Promise.all(ids.map(async (id) => [await get(id), await secretsOf(id)] as const));
    await bulk({ action: 'delete', ids, incidents: 'close' });
    const notAll = await world.refusal(changeEndpoints, { body: { action: 'undelete', ids: [...ids, GHOST] } });
    expect([notAll.code, notAll.faults.map(({ path }) => path), await namesOf('Back')]).toEqual([
      'invalid',
      ['ids.2'],
      [],
    ]);
    expect((await bulk({ action: 'undelete', ids })).changed).toEqual(ids);
    expect(await namesOf('Back')).toEqual(['Back 0', 'Back 1']);
    for (const [at, id] of ids.entries()) {
      const [seen, secrets] = before[at] ?? [];
      expect(await get(id)).toEqual({ ...seen, updatedAt: expect.any(String) });
      expect(await secretsOf(id)).toEqual(secrets);
      const found = await loadEndpointByKeyDigest(
        world.context.pool,
        sha256(seen?.url.split('/').at(-1) ?? ''),
        new Date(),
      );
      expect(found?.id).toBe(id);
    }
    expect((await auditOf(ids, 'undelete')).map(({ after }) => after)).toEqual([
      { name: 'Back 0' },
      { name: 'Back 1' },
    ]);
    const { rows } = await world.context.pool.query(
      'select deleted_incidents from endpoint where id = any($1) and deleted_incidents is not null',
      [ids],
    );
    expect(rows).toEqual([]);
    const twice = await world.refusal(changeEndpoints, { body: { action: 'undelete', ids } });
    expect(twice.faults.map(({ message }) => message)).toEqual(Array(2).fill('This endpoint is not deleted.'));
  });

  it('come back one by one too, for administrators, and not after a day', async () => {
    const [id = ''] = await makeAll('Single', 1);
    expect((await world.refusal(undeleteEndpoint, { id })).code).toBe('conflict');
    await bulk({ action: 'delete', ids: [id] });
    expect((await world.refusal(undeleteEndpoint, { id }, 'operator')).code).toBe('forbidden');
    expect((await world.refusal(undeleteEndpoint, { id: GHOST })).code).toBe('not-found');
    expect(await world.run(undeleteEndpoint, { id })).toMatchObject({ id, name: 'Single 0', version: 1 });
    await bulk({ action: 'delete', ids: [id] });
    const aged = (by: string) =>
      world.context.pool.query('update endpoint set deleted_at = now() - $2::interval where id = $1', [id, by]);
    await aged('24 hours 1 second');
    const late = await world.refusal(undeleteEndpoint, { id });
    expect([late.code, late.message]).toEqual(['conflict', expect.stringContaining('more than 24 hours ago')]);
    expect((await world.refusal(getEndpoint, { id })).code).toBe('not-found');
    await aged('23 hours 59 minutes');
    expect(await world.run(undeleteEndpoint, { id })).toMatchObject({ id });
  });

  it('are exported alone, without a secret, as a file that applies without a change', async () => {
    const ids = await makeAll('File', 2, { verification: [{ type: 'hmac', secret: 'very secret' }] });
    await make({ name: 'File that was not chosen' });
    const file = await world.run(exportEndpoints, { body: { ids } });
    expect([file.includes('File 0'), file.includes('File 1'), file.includes('not chosen')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(file).not.toContain('very secret');
    const plan = await world.run(applyFile, { query: { dryRun: 'true' }, body: { file } });
    expect([plan.plan.length, plan.changed]).toEqual([2, 0]);
    expect(await auditOf(ids, 'export')).toHaveLength(2);
  });
});

describe('a clone of an endpoint', () => {
  it('is configured alike, under its own URL and secrets, as a draft that is not pinned', async () => {
    const original = await make({
      name: 'n'.repeat(100),
      pinned: true,
      ticketing: { board: 'NOC', mapping: { summary: '$.a' } },
      verification: [{ type: 'bearer' }, { type: 'hmac', secret: 'its own' }, { type: 'ip', allow: ['10.0.0.1'] }],
    });
    const clone = await world.run(cloneEndpoint, { id: original.id });
    expect(clone).toMatchObject({ version: 1, draft: true, enabled: true, pinned: false, lastSeenAt: null });
    expect(clone.name).toBe(`${'n'.repeat(93)} (copy)`);
    expect(clone.ticketing).toEqual(original.ticketing);
    expect(clone.verification).toEqual(original.verification);
    expect([clone.id, clone.url, clone.token]).not.toContain(original.id);
    expect(clone.url).not.toBe(original.url);
    expect((await secretsOf(clone.id)).toSorted()).toEqual([clone.token, clone.secret].toSorted());
    expect(await secretsOf(original.id)).toEqual([original.token, 'its own']);
    expect((await auditOf([clone.id], 'clone'))[0]?.after).toMatchObject({ clonedFrom: original.id, draft: true });
  });

  it('has no secret to tell where none is asked for', async () => {
    const { id } = await make({ name: 'Open', verification: [] });
    const clone = await world.run(cloneEndpoint, { id });
    expect([clone.token, clone.secret]).toEqual([undefined, undefined]);
    expect((await world.refusal(cloneEndpoint, { id: GHOST })).code).toBe('not-found');
    expect((await world.refusal(cloneEndpoint, { id }, 'operator')).code).toBe('forbidden');
  });
});
