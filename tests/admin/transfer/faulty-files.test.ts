import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyFile } from '../../../admin/server/transfer/apply.ts';
import { exportConfiguration } from '../../../admin/server/transfer/export.ts';
import { createEndpoint } from '../../../admin/server/endpoints/create.ts';
import { anAdminWorld, type AdminWorld } from '../admin-world.ts';
import { footprint } from './footprint.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
  await world.run(createEndpoint, { body: { name: 'There', verification: [{ type: 'hmac', secret: 'hush' }] } });
}, 60_000);
afterAll(() => world.close());

const refused = (file: string, more: object = {}) => world.refusal(applyFile, { query: {}, body: { file, ...more } });
const FILE = `hookwise: 1
settings:
  maintenanceMode: true
endpoints:
  - name: One
    ticketing:
      board: NOC
      routingRules:
        - path: $.a
          pattern: ok
        - path: $.b
          pattern: fine
    maintenance:
      - { type: daily, start: "22:00", end: "04:00" }
  - name: Two
maintenanceWindows:
  - name: nights
    window:
      type: daily
      start: "01:00"
      end: "02:00"
tenantMappings:
  - tenant: Acme
    companyId: A
`;

describe('a faulty file', () => {
  it.each([
    ['tenantMappings', 'tenantMaping', 'tenantMaping', 22, /not known\. Did you mean "tenantMappings"\?/],
    ['    ticketing:', '    tickting:', 'endpoints.0.tickting', 6, /Did you mean "ticketing"\?/],
    ['board: NOC', 'borad: NOC', 'endpoints.0.ticketing.borad', 7, /Did you mean "board"\?/],
    ['pattern: fine', 'pattern: "("', 'endpoints.0.ticketing.routingRules.1.pattern', 12, /RE2/],
    ['path: $.b', 'path: $.b[?(@.constructor())]', 'endpoints.0.ticketing.routingRules.1.path', 11, /./],
    ['end: "04:00"', 'end: "22:00"', 'endpoints.0.maintenance.0', 14, /same/],
    ['end: "04:00"', 'end: "04:00", timezone: Mars/Base', 'endpoints.0.maintenance.0', 14, /time zone/],
    ['  - name: Two', '  - nome: Two', 'endpoints.1.nome', 15, /Did you mean "name"\?/],
    ['  - name: Two', '  - Two', 'endpoints.1', 15, /must be an endpoint/],
    ['  - name: Two', '  - name: One', 'endpoints.1.name', 15, /twice without an id/],
    ['end: "02:00"', 'end: "01:00"', 'maintenanceWindows.0.window', 18, /same/],
    ['companyId: A', 'firm: A', 'tenantMappings.0.firm', 24, /Take it away; known here: tenant, companyId/],
    ['maintenanceMode: true', 'maintenanceMode: "on"', 'settings.maintenanceMode', 3, /true or false/],
    ['hookwise: 1', 'hookwise: 2', 'hookwise', 1, /must be 1/],
    ['board: NOC', 'board: NOC\n      board: Lab', '', 8, /unique/],
    ['board: NOC', 'board: "NOC', '', 7, /./],
    ['board: NOC', 'board: !!js/function x', '', 7, /Mend the YAML/],
    ['  - name: Two', '  - name: Two\n    key: a-key-in-clear', 'endpoints.1.key', 16, /in clear: write keep/],
    ['  - name: Two', '  - name: Two\n    id: 5', 'endpoints.1.id', 16, /must be an id/],
    [
      '  - name: Two',
      '  - name: Two\n    verification:\n      - type: hmac\n        secret: keep',
      'endpoints.1.verification.0.secret',
      18,
      /no secret to keep/,
    ],
    [
      '  - name: Two',
      '  - name: Two\n    verification:\n      - type: bearer\n        tokn: keep',
      'endpoints.1.verification.0.tokn',
      18,
      /Did you mean "token"\?/,
    ],
  ])('with %j become %j is refused at %s, line %d, and nothing of it is done', async (good, bad, path, line, words) => {
    const before = await footprint(world);
    const refusal = await refused(FILE.replace(good, bad));
    expect(refusal.code).toBe('invalid');
    const fault = refusal.faults.find((entry) => entry.path === path) ?? refusal.faults[0];
    expect(fault).toMatchObject({ path, line, message: expect.stringMatching(words) });
    expect(refusal.message).toContain('line ');
    expect(await footprint(world)).toEqual(before);
  });

  it.each([
    ['endpoints', 'endpoints.1.id', '  - { name: A, id: ID }\n  - { name: B, id: ID }\n'],
    [
      'maintenanceWindows',
      'maintenanceWindows.1.id',
      '  - { name: A, id: ID, window: WINDOW }\n  - { name: B, id: ID, window: WINDOW }\n',
    ],
  ])('that gives one new id to two %s is refused at %s', async (part, path, entries) => {
    const id = '0198c0de-0000-7000-8000-00000000aaaa';
    const file = `hookwise: 1\n${part}:\n${entries}`
      .replaceAll('ID', id)
      .replaceAll('WINDOW', '{ type: daily, start: "01:00", end: "02:00" }');
    const before = await footprint(world);
    const refusal = await refused(file);
    expect(refusal.code).toBe('invalid');
    expect(refusal.faults).toMatchObject([{ path, line: 4, message: expect.stringContaining('twice') }]);
    expect(await footprint(world)).toEqual(before);
  });

  it('has all its faults told at once', async () => {
    const bad = FILE.replace('maintenanceMode: true', 'mode: true')
      .replace('pattern: ok', 'pattern: "["')
      .replace('companyId: A', 'companyId: ""');
    expect((await refused(bad)).faults.map(({ path }) => path).toSorted()).toEqual([
      'endpoints.0.ticketing.routingRules.0.pattern',
      'settings.mode',
      'tenantMappings.0.companyId',
    ]);
  });

  it.each([
    ['', /begins with "hookwise: 1"/],
    ['just text', /begins with "hookwise: 1"/],
    ['- a\n- b\n', /begins with "hookwise: 1"/],
    ['a: &x [1]\nb: *y\n', /line 2/],
    [
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`).join('\n')}\n`,
      /unfold too far/,
    ],
  ])('such as %j is refused in words', async (file, words) => {
    expect((await refused(file)).message).toMatch(words);
  });

  it('with another passphrase, none, or a value from elsewhere is told what to give', async () => {
    const text = await world.run(exportConfiguration, { body: { passphrase: 'correct horse' } });
    expect((await refused(text, { passphrase: 'battery staple' })).faults).toEqual([
      expect.objectContaining({
        path: 'encryption',
        line: 6,
        message: expect.stringMatching(/passphrase is not the one/),
      }),
    ]);
    expect((await refused(text)).faults.map(({ path }) => path)).toEqual([
      'endpoints.0.key',
      'endpoints.0.verification.0.secret',
    ]);
    const [key = '', secret = ''] = [...text.matchAll(/encrypted:\S+/g)].map(([found]) => found);
    const swapped = text.replace(key, '<key>').replace(secret, key).replace('<key>', secret);
    expect((await refused(swapped, { passphrase: 'correct horse' })).faults[0]?.message).toMatch(/sealed for another/);
  });

  it('is for administrators', async () => {
    const input = { query: {}, body: { file: FILE } };
    expect((await world.refusal(applyFile, input, 'operator')).code).toBe('forbidden');
    expect((await world.run(applyFile, { ...input, query: { dryRun: 'true' } })).changed).toBe(5);
  });
});
