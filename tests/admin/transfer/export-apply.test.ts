import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createEndpoint } from '../../../admin/server/endpoints/create.ts';
import { deleteEndpoint } from '../../../admin/server/endpoints/delete.ts';
import { getEndpoint } from '../../../admin/server/endpoints/get.ts';
import { listEndpoints } from '../../../admin/server/endpoints/list.ts';
import { createWindow, listWindows } from '../../../admin/server/maintenance-windows/verbs.ts';
import { getSettings } from '../../../admin/server/settings/get.ts';
import { createTenantMapping, listTenantMappings } from '../../../admin/server/tenant-mappings/verbs.ts';
import { applyFile } from '../../../admin/server/transfer/apply.ts';
import { exportConfiguration } from '../../../admin/server/transfer/export.ts';
import { sha256 } from '../../../infra/crypto/cipher.ts';
import { openEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { loadEndpointByKeyDigest } from '../../../infra/database/config-store.ts';
import { anAdminWorld, type AdminWorld } from '../admin-world.ts';
import { giveTicket, receivePlanned } from '../recorded-webhooks.ts';
import { footprint } from './footprint.ts';

let world: AdminWorld;
let shop: { id: string; url: string; token?: string | undefined };
const HMAC_SECRET = 'an hmac secret of the sender';

beforeAll(async () => {
  world = await anAdminWorld({ CW_DEFAULT_COMPANY_ID: 'Acme' });
  shop = await world.run(createEndpoint, {
    body: {
      name: 'Web shop',
      description: 'First line\nsecond: line\n',
      ticketing: {
        board: 'NOC',
        openValues: ['0', 'down'],
        descriptionTemplate: 'Says {{ msg }}\n  at {$.host}\n',
        mapping: { summary: '$.monitor.name' },
        routingRules: [{ path: '$.a', pattern: '^x: "y"', overrides: { companyId: 'A', drop: false } }],
        summaryRemove: [' [Down]', '[Up]'],
      },
      verification: [{ type: 'bearer' }, { type: 'hmac', secret: HMAC_SECRET }, { type: 'ip', allow: ['10.0.0.0/8'] }],
      maintenance: [{ type: 'weekly', days: ['Mon'], start: '22:00', end: '04:00', timezone: 'Europe/Berlin' }],
    },
  });
  await world.run(createEndpoint, { body: { name: 'Äpfel & Birnen', verification: [] } });
  await world.run(createWindow, {
    body: { name: 'nights', window: { type: 'daily', start: '01:00', end: '02:00', policy: 'hold' } },
  });
  await world.run(createTenantMapping, { body: { tenant: 'Acme*', companyId: 'ACME', description: 'all of it' } });
}, 60_000);
afterAll(() => world.close());

const exported = (input: object = {}) => world.run(exportConfiguration, input);
const apply = (file: string, more: object = {}, query: object = {}) =>
  world.run(applyFile, { query, body: { file, ...more } });
const refused = (file: string, more: object = {}) => world.refusal(applyFile, { query: {}, body: { file, ...more } });
const secretsOf = async ({ context }: AdminWorld, url: string) => {
  const row = await loadEndpointByKeyDigest(context.pool, sha256(url.split('/').at(-1) ?? ''), new Date());
  if (!row) throw new Error('No endpoint answers to this URL.');
  const secrets = openEndpointSecrets(context.cipher, row.id, row.secretsCipher);
  return row.config.verification.map((entry) => (entry.type === 'ip' ? null : secrets[entry.secretId]?.value));
};

describe('the exported file', () => {
  it('is the same each time, holds every part, and no secret in clear', async () => {
    const text = await exported();
    expect(await exported()).toBe(text);
    const file = parse(text) as Record<string, unknown>;
    expect(Object.keys(file)).toEqual([
      'hookwise',
      'settings',
      'endpoints',
      'maintenanceWindows',
      'tenantMappings',
      'connections',
    ]);
    expect(file['tenantMappings']).toEqual([{ tenant: 'Acme*', companyId: 'ACME', description: 'all of it' }]);
    expect(file['connections']).toMatchObject([{ kind: 'desk', defaultCompany: 'Acme' }, { kind: 'model' }]);
    expect(text).toContain('key: keep');
    expect(text).toContain('description: |');
    for (const as of [{}, { query: { secrets: 'reference' } }, { body: { passphrase: 'correct horse' } }]) {
      const written = await exported(as);
      for (const secret of [shop.token, HMAC_SECRET, shop.url.split('/').at(-1)]) expect(written).not.toContain(secret);
    }
  });

  it('is for administrators, and asking for it is audited', async () => {
    expect((await world.refusal(exportConfiguration, {}, 'operator')).code).toBe('forbidden');
    const { rows } = await world.context.pool.query(`select after from audit_entry where action = 'export' limit 1`);
    expect(rows[0]).toEqual({ after: { secrets: 'keep' } });
    expect((await world.refusal(exportConfiguration, { body: { secrets: 'encrypted' } })).faults[0]?.path).toBe(
      'passphrase',
    );
  });
});

describe('applying a file', () => {
  it('that was just exported changes nothing, however its secrets are written', async () => {
    const texts = [await exported(), await exported({ body: { passphrase: 'correct horse' } })];
    const before = await footprint(world);
    for (const text of texts) {
      const { changed, plan, notes } = await apply(text, { passphrase: 'correct horse' });
      expect(changed).toBe(0);
      expect(plan).toHaveLength(5);
      expect(notes).toEqual([]);
    }
    expect((await apply(texts[0] ?? '', {}, { prune: 'true' })).changed).toBe(0);
    expect(await footprint(world)).toEqual(before);
  });

  it('shows what would change and changes nothing on a dry run, then does it once', async () => {
    const text = (await exported())
      .replace('board: NOC', 'board: Cloud')
      .replace('companyId: ACME', 'companyId: ACME2')
      .replace('logRetentionDays: 30', 'logRetentionDays: 60')
      .replace('start: 01:00', 'start: 00:30')
      .replace('maintenanceWindows:', '  - name: Brand new\n\nmaintenanceWindows:');
    const before = await footprint(world);
    const preview = await apply(text, {}, { dryRun: 'true' });
    expect(preview.dryRun).toBe(true);
    const shown = preview.plan.map(({ kind, action, name, changes }) => [kind, action, name, changes]);
    expect(shown).toEqual([
      ['settings', 'update', 'Settings', ['logRetentionDays']],
      ['endpoint', 'update', 'Web shop', ['ticketing.board']],
      ['endpoint', 'unchanged', 'Äpfel & Birnen', []],
      ['endpoint', 'create', 'Brand new', []],
      ['maintenance-window', 'update', 'nights', ['window.start']],
      ['tenant-mapping', 'update', 'Acme*', ['companyId']],
    ]);
    expect(await footprint(world)).toEqual(before);
    const done = await apply(text);
    expect(done.plan.map(({ kind, action, name, changes }) => [kind, action, name, changes])).toEqual(shown);
    expect(done.changed).toBe(5);
    const made = done.plan.find(({ action }) => action === 'create');
    expect(made?.url).toMatch(/^https:\/\/hooks\.example\.com\/webhook\/[\w-]{64}$/);
    expect(made?.token).toMatch(/^[\w-]{43}$/);
    expect(await world.run(getEndpoint, { id: shop.id })).toMatchObject({ version: 2, ticketing: { board: 'Cloud' } });
    expect((await world.run(getSettings, {})).logRetentionDays).toBe(60);
    const audited = await world.context.pool.query(
      `select action, entity from audit_entry where action <> 'export' order by id desc limit 6`,
    );
    expect(audited.rows.map(({ action, entity }) => `${action} ${entity}`).toSorted()).toEqual([
      'apply configuration',
      'create endpoint',
      'patch endpoint',
      'patch maintenance-window',
      'patch settings',
      'patch tenant-mapping',
    ]);
    const after = await footprint(world);
    expect((await apply(text)).changed).toBe(0);
    expect(await footprint(world)).toEqual(after);
    expect(await secretsOf(world, shop.url)).toEqual([shop.token, HMAC_SECRET, null]);
  });

  it('leaves alone what the file does not name, unless it shall prune the parts that are there', async () => {
    const text = `hookwise: 1\nendpoints:\n  - name: Web shop\n    ticketing: { board: Cloud }\n    verification:\n      - { type: bearer }\n`;
    const kept = await apply(text, {}, { dryRun: 'true' });
    expect(kept.plan.map(({ action }) => action)).toEqual(['update']);
    const pruned = await apply(text, {}, { prune: 'true', dryRun: 'true' });
    expect(
      pruned.plan
        .filter(({ action }) => action === 'delete')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['Brand new', 'Äpfel & Birnen']);
    const keepShop = (await exported()).replace(/ {2}- id: \S+\n {4}name: Brand new[\s\S]*?(?=\n\n)/, '');
    await apply(keepShop, {}, { prune: 'true' });
    const names = (await world.run(listEndpoints, { query: {} })).items.map(({ name }) => name);
    expect(names.toSorted()).toEqual(['Web shop', 'Äpfel & Birnen']);
    await apply('hookwise: 1\nmaintenanceWindows: []\ntenantMappings: []\n', {}, { prune: 'true' });
    expect((await world.run(listWindows, { query: {} })).items).toEqual([]);
    expect((await world.run(listTenantMappings, { query: {} })).items).toEqual([]);
  });

  it('on another installation makes the same, with the same URLs and secrets', async () => {
    const file = await exported({ body: { passphrase: 'correct horse' } });
    const other = await anAdminWorld();
    try {
      const body = { file, passphrase: 'correct horse' };
      const done = await other.run(applyFile, { query: {}, body });
      expect(done.plan.flatMap(({ kind, action }) => (kind === 'endpoint' ? action : []))).toEqual([
        'create',
        'create',
      ]);
      expect(done.notes).toEqual([expect.stringContaining('CW_DEFAULT_COMPANY_ID')]);
      expect(done.plan.every(({ token }) => token === undefined)).toBe(true);
      const there = await other.run(getEndpoint, { id: shop.id });
      const here = await world.run(getEndpoint, { id: shop.id });
      const parts = ['url', 'name', 'description', 'ticketing', 'verification', 'maintenance', 'heartbeat'] as const;
      for (const part of parts) expect(there[part], part).toEqual(here[part]);
      expect(await secretsOf(other, shop.url)).toEqual([shop.token, HMAC_SECRET, null]);
      expect((await other.run(applyFile, { query: {}, body })).changed).toBe(0);
    } finally {
      await other.close();
    }
  });

  it('takes secrets by name from what is sent beside it', async () => {
    const text = await exported({ query: { secrets: 'reference' } });
    const names = [...text.matchAll(/\$\{(HOOKWISE_\w+)\}/g)].map(([, name]) => name);
    expect(names).toEqual([
      'HOOKWISE_WEB_SHOP_KEY',
      'HOOKWISE_WEB_SHOP_TOKEN',
      'HOOKWISE_WEB_SHOP_SECRET',
      'HOOKWISE_APFEL_BIRNEN_KEY',
    ]);
    const missing = await refused(text);
    expect(missing.faults.map(({ path, message }) => [path, message.split('.')[0]])).toEqual([
      ['endpoints.0.key', 'HOOKWISE_WEB_SHOP_KEY is not given'],
      ['endpoints.0.verification.0.token', 'HOOKWISE_WEB_SHOP_TOKEN is not given'],
      ['endpoints.0.verification.1.secret', 'HOOKWISE_WEB_SHOP_SECRET is not given'],
      ['endpoints.1.key', 'HOOKWISE_APFEL_BIRNEN_KEY is not given'],
    ]);
    const values = {
      HOOKWISE_WEB_SHOP_KEY: 'k'.repeat(64),
      HOOKWISE_WEB_SHOP_TOKEN: 'a new token',
      HOOKWISE_WEB_SHOP_SECRET: HMAC_SECRET,
      HOOKWISE_APFEL_BIRNEN_KEY: 'l'.repeat(64),
    };
    const done = await apply(text, { values });
    const changed = done.plan.find(({ name }) => name === 'Web shop');
    expect(changed?.changes).toEqual(['verification.0.token', 'key']);
    expect(changed?.url).toBe(`https://hooks.example.com/webhook/${'k'.repeat(64)}`);
    expect(await secretsOf(world, `/${'k'.repeat(64)}`)).toEqual(['a new token', HMAC_SECRET, null]);
    expect((await secretsOf(world, shop.url))[0]).toBe('a new token');
    expect((await apply(text, { values })).changed).toBe(0);
    expect((await refused(text, { values: { ...values, HOOKWISE_WEB_SHOP_KEY: 'l'.repeat(64) } })).message).toMatch(
      /same key/,
    );
  });

  it('names open incidents that would get another identity, and goes on only when that is confirmed', async () => {
    const { id } = await world.run(createEndpoint, { body: { name: 'With an incident' } });
    const body = JSON.stringify({ monitor: { name: 'Web' }, heartbeat: { status: 0 }, host: 'h' });
    await giveTicket(world, await receivePlanned(world, id, body), 'T1');
    const text = `hookwise: 1\nendpoints:\n  - id: ${id}\n    name: With an incident\n    ticketing: { mapping: { summary: $.host } }\n`;
    const before = await footprint(world);
    const preview = await apply(text, {}, { dryRun: 'true' });
    expect(preview.plan[0]?.notes[0]).toMatch(/“Alert: Web” \(ticket T1\).*confirm=identity/);
    const refusal = await refused(text);
    expect(refusal).toMatchObject({ code: 'conflict', details: { reason: 'identity', total: 1 } });
    expect(await footprint(world)).toEqual(before);
    expect((await apply(text, {}, { confirm: 'identity' })).changed).toBe(1);
    expect((await apply(text)).changed).toBe(0);
  });

  it('does all of it or nothing: a key that another endpoint has undoes the rest', async () => {
    const made = await world.run(createEndpoint, { body: { name: 'Third' } });
    const values = { K: made.url.split('/').at(-1) };
    const before = await footprint(world);
    const text = 'hookwise: 1\nsettings:\n  logRetentionDays: 7\nendpoints:\n  - name: Fourth\n    key: ${K}\n';
    const refusal = await refused(text, { values });
    expect(refusal.faults).toEqual([expect.objectContaining({ path: 'endpoints.0.key', line: 6, column: 5 })]);
    expect(await footprint(world)).toEqual(before);
    await world.run(deleteEndpoint, { id: made.id, query: {} });
    expect((await apply(text, { values })).plan.at(-1)).toMatchObject({ action: 'create', url: made.url });
  });
});
