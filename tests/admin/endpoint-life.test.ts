import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { deleteEndpoint } from '../../admin/server/endpoints/delete.ts';
import { getEndpoint } from '../../admin/server/endpoints/get.ts';
import { listEndpoints } from '../../admin/server/endpoints/list.ts';
import { patchEndpoint } from '../../admin/server/endpoints/patch.ts';
import { rotateToken } from '../../admin/server/endpoints/rotate-token.ts';
import { testEndpoint } from '../../admin/server/endpoints/test.ts';
import { openEndpointSecrets, openValues } from '../../infra/crypto/endpoint-secrets.ts';
import { sha256 } from '../../infra/crypto/cipher.ts';
import { loadEndpointByKeyDigest } from '../../infra/database/config-store.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const make = (body: object) => world.run(createEndpoint, { body });
const keyOf = (url: string) => url.split('/').at(-1) ?? '';

describe('changing an endpoint', () => {
  it('merges deeply, replaces lists, removes a mapping by null and keeps every version and an audit row', async () => {
    const made = await make({
      name: 'before',
      ticketing: { board: 'NOC', mapping: { summary: '$.a', board: '$.b' }, openValues: ['a', 'b'] },
    });
    const patched = await world.run(patchEndpoint, {
      id: made.id,
      body: { ticketing: { openValues: ['c'], mapping: { board: null, status: '$.s' } } },
    });
    expect(patched).toMatchObject({
      name: 'before',
      version: 2,
      ticketing: { board: 'NOC', openValues: ['c'], mapping: { summary: '$.a', status: '$.s' } },
    });
    expect(patched.ticketing.mapping.board).toBeUndefined();
    const versions = await world.context.pool.query(
      'select version, config from endpoint_version where endpoint_id = $1 order by version',
      [made.id],
    );
    expect(versions.rows.map((row) => row.config.ticketing.openValues)).toEqual([['a', 'b'], ['c']]);
    const audit = await world.context.pool.query(
      `select action, before->>'version' as v from audit_entry where entity_id = $1 order by at`,
      [made.id],
    );
    expect(audit.rows.map((row) => row.action)).toEqual(['create', 'patch']);
  });

  it('refuses a fault with its place and changes nothing', async () => {
    const made = await make({ name: 'stays' });
    const refusal = await world.refusal(patchEndpoint, {
      id: made.id,
      body: { name: 'gone', ticketing: { routingRules: [{ path: '$.a', pattern: '[' }] } },
    });
    expect(refusal.faults[0]?.path).toBe('ticketing.routingRules.0.pattern');
    expect((await world.run(getEndpoint, { id: made.id })).name).toBe('stays');
  });

  it('keeps a secret that is sent back masked, keeps the token, and never answers either', async () => {
    const secret = 'the shared secret';
    const made = await make({
      name: 'signed',
      verification: [{ type: 'bearer' }, { type: 'hmac', secret, header: 'X-Sig' }],
    });
    expect(JSON.stringify(made.verification)).not.toContain(secret);
    const patched = await world.run(patchEndpoint, {
      id: made.id,
      body: {
        verification: [
          { type: 'hmac', secret: '********', header: 'x-sig', encoding: 'base64' },
          ...made.verification.slice(0, 1),
        ],
      },
    });
    expect(patched.token).toBeUndefined();
    const row = await world.context.pool.query(
      'select config, secrets_cipher, secrets_cipher::text as shown from endpoint where id = $1',
      [made.id],
    );
    const secrets = openEndpointSecrets(world.context.cipher, made.id, row.rows[0].secrets_cipher);
    expect(
      Object.values(secrets)
        .map(({ value }) => value)
        .sort(),
    ).toEqual([secret, made.token].sort());
    const audits = await world.context.pool.query('select before, after from audit_entry where entity_id = $1', [
      made.id,
    ]);
    expect(JSON.stringify(audits.rows)).not.toContain(secret);
  });

  it('answers a new token where a bearer is added', async () => {
    const made = await make({ name: 'opened', verification: [] });
    const patched = await world.run(patchEndpoint, { id: made.id, body: { verification: [{ type: 'bearer' }] } });
    expect(patched.token).toMatch(/^[\w-]{43}$/);
  });

  it('rotates the token with an overlap', async () => {
    const made = await make({ name: 'rotated' });
    const rotated = await world.run(rotateToken, { id: made.id, body: {} });
    expect(rotated.token).not.toBe(made.token);
    const row = await world.context.pool.query('select secrets_cipher from endpoint where id = $1', [made.id]);
    const [secret] = Object.values(openEndpointSecrets(world.context.cipher, made.id, row.rows[0].secrets_cipher));
    expect(secret).toEqual({ value: rotated.token, olds: [{ value: made.token, until: rotated.oldTokenUntil }] });
    expect(Date.parse(rotated.oldTokenUntil ?? '') - Date.now()).toBeGreaterThan(9 * 60_000);
    const open = await make({ name: 'open', verification: [] });
    expect((await world.refusal(rotateToken, { id: open.id, body: {} })).code).toBe('conflict');
  });

  it('keeps every old token good until its own overlap ends, refuses a sixth, and ends all of them without an overlap', async () => {
    const made = await make({ name: 'rotated often' });
    const opening = async (now = Date.now()) => {
      const row = await world.context.pool.query('select secrets_cipher from endpoint where id = $1', [made.id]);
      const [secret] = Object.values(openEndpointSecrets(world.context.cipher, made.id, row.rows[0].secrets_cipher));
      return secret === undefined ? [] : openValues(secret, now);
    };
    const rotate = (overlapSeconds: number) => world.run(rotateToken, { id: made.id, body: { overlapSeconds } });
    const tokens = [made.token];
    for (const seconds of [600, 60, 3_600, 60, 60]) tokens.unshift((await rotate(seconds)).token);
    expect(await opening()).toEqual(tokens);
    expect(await opening(Date.now() + 300_000)).toEqual([tokens[0], tokens[3], tokens[5]]);
    const refusal = await world.refusal(rotateToken, { id: made.id, body: { overlapSeconds: 60 } });
    expect([refusal.code, refusal.message]).toEqual([
      'conflict',
      expect.stringMatching(/^5 old tokens of this endpoint still open, the first until \d{4}-.*an overlap of 0\.$/),
    ]);
    expect(await opening()).toEqual(tokens);
    const last = await rotate(0);
    expect(await opening()).toEqual([last.token]);
  });
});

describe('an endpoint at its end', () => {
  it('is gone for everyone once deleted, keeps its row, and reads as not there', async () => {
    const made = await make({ name: 'deleted' });
    await world.run(deleteEndpoint, { id: made.id, query: {} });
    expect((await world.refusal(getEndpoint, { id: made.id })).code).toBe('not-found');
    expect((await world.refusal(patchEndpoint, { id: made.id, body: {} })).code).toBe('not-found');
    expect((await world.refusal(getEndpoint, { id: 'no-uuid' })).code).toBe('not-found');
    expect(await loadEndpointByKeyDigest(world.context.pool, sha256(keyOf(made.url)), new Date())).toBeNull();
    expect((await world.context.pool.query('select from endpoint where id = $1', [made.id])).rowCount).toBe(1);
  });

  it('asks each open incident to close where that is chosen, with the bell up, and leaves them otherwise', async () => {
    const [closing, keeping] = [await make({ name: 'closing' }), await make({ name: 'keeping' })];
    for (const { id } of [closing, keeping]) {
      await world.context.pool.query(
        `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest, phase, ticket_id)
         values (gen_random_uuid(), 'incident:' || $1 || ':x', $1::uuid, 0, 'desk', 'n', 's', 'd', 'open', $1)`,
        [id],
      );
    }
    await world.run(deleteEndpoint, { id: closing.id, query: { incidents: 'close' } });
    await world.run(deleteEndpoint, { id: keeping.id, query: { incidents: 'keep' } });
    const rows = await world.context.pool.query(
      `select i.endpoint_id, i.bell, o.kind, o.input->>'text' as text from incident i left join incident_order o on o.incident_id = i.id where i.endpoint_id = any($1::uuid[])`,
      [[closing.id, keeping.id]],
    );
    expect(rows.rows).toContainEqual({
      endpoint_id: closing.id,
      bell: true,
      kind: 'close',
      text: expect.stringContaining('"closing" was deleted'),
    });
    expect(rows.rows).toContainEqual({ endpoint_id: keeping.id, bell: false, kind: null, text: null });
  });
});

describe('lists and tests', () => {
  it('pages through every endpoint once, pinned first', async () => {
    const pinned = await make({ name: 'zz pinned', pinned: true, position: 9 });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listEndpoints.run>> = await world.run(listEndpoints, {
        query: { limit: '3', ...(cursor ? { cursor } : {}) },
      });
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const count = await world.context.pool.query('select count(*) from endpoint where deleted_at is null');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(count.rows[0].count);
    expect(seen[0]).toBe(pinned.id);
    expect((await world.refusal(listEndpoints, { query: { cursor: 'nonsense' } })).code).toBe('invalid');
    expect((await world.refusal(listEndpoints, { query: { limit: '0' } })).code).toBe('invalid');
  });

  it('shows the URL, which is a secret, to those who may operate only', async () => {
    const made = await make({ name: 'hidden' });
    expect((await world.run(getEndpoint, { id: made.id }, 'operator')).url).toBe(made.url);
    expect((await world.run(getEndpoint, { id: made.id }, 'viewer')).url).toBe(
      'https://hooks.example.com/webhook/********',
    );
  });

  it('queues a genuine sample, and none on a disabled endpoint', async () => {
    const made = await make({ name: 'tried' });
    const { request_id } = await world.run(testEndpoint, { id: made.id, body: {} }, 'operator');
    const row = await world.context.pool.query('select origin, state, endpoint_id from webhook where id = $1', [
      request_id,
    ]);
    expect(row.rows).toEqual([{ origin: 'test', state: 'received', endpoint_id: made.id }]);
    await world.run(patchEndpoint, { id: made.id, body: { enabled: false } });
    expect((await world.refusal(testEndpoint, { id: made.id, body: {} }, 'operator')).code).toBe('conflict');
  });
});
