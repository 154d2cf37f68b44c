import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { getEndpoint } from '../../admin/server/endpoints/get.ts';
import { openEndpointSecrets } from '../../infra/crypto/endpoint-secrets.ts';
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
const pathsOf = async (body: object) => (await world.refusal(createEndpoint, { body })).faults.map(({ path }) => path);

describe('making an endpoint', () => {
  it('needs a name alone and answers the whole object, its URL and, once, its token', async () => {
    const made = await make({ name: 'Uptime Kuma' });
    expect(made).toMatchObject({
      name: 'Uptime Kuma',
      enabled: true,
      draft: false,
      ticketing: {
        triggerField: 'heartbeat.status',
        openValues: ['0'],
        closeValues: ['1'],
        otherValues: 'skip',
        noteIntervalSeconds: 30,
        tenantMap: true,
        mapping: {},
      },
      heartbeat: { enabled: false, timeoutMinutes: 1440 },
      verification: [{ type: 'bearer' }],
      destinations: [],
    });
    expect(made.url).toMatch(/^https:\/\/hooks\.example\.com\/webhook\/[\w-]{64}$/);
    expect(made.token).toMatch(/^[\w-]{43}$/);
    const again = await world.run(getEndpoint, { id: made.id });
    expect(again.token).toBeUndefined();
    expect(again.url).toBe(made.url);
  });

  it('keeps what the ingress looks up: the key by its digest and the token under the secret id of the verifier', async () => {
    const made = await make({ name: 'looked up' });
    const row = await loadEndpointByKeyDigest(world.context.pool, sha256(keyOf(made.url)), new Date());
    const [bearer] = row?.config.verification ?? [];
    if (!row || bearer?.type !== 'bearer') throw new Error('The endpoint is not found as the ingress finds it.');
    expect(openEndpointSecrets(world.context.cipher, row.id, row.secretsCipher)[bearer.secretId]).toEqual({
      value: made.token,
    });
    expect(JSON.stringify(row.config)).not.toContain(made.token);
  });

  it.each([
    [
      {
        ticketing: {
          routingRules: [
            { path: '$.a', pattern: 'x' },
            { path: '$.a', pattern: '(' },
          ],
        },
      },
      'ticketing.routingRules.1.pattern',
    ],
    [
      { ticketing: { routingRules: [{ path: '$.a', pattern: 'x', overrides: { drop: 'true' } }] } },
      'ticketing.routingRules.0.overrides.drop',
    ],
    [{ ticketing: { triggerField: '$.a[' } }, 'ticketing.triggerField'],
    [{ ticketing: { mapping: { summary: '$..[?(@.constructor())]' } } }, 'ticketing.mapping.summary'],
    [{ ticketing: { mapping: { nonsense: '$.a' } } }, 'ticketing.mapping.nonsense'],
    [{ ticketing: { mapping: { summary: '$root.a[' } } }, 'ticketing.mapping.summary'],
    [{ ticketing: { mapping: { item: '$.a[?(@.b =~ /x/)]' } } }, 'ticketing.mapping.item'],
    [{ ticketing: { splitPath: '$.alerts[*' } }, 'ticketing.splitPath'],
    [{ ticketing: { tenantPaths: ['$.customer', '$.a^'] } }, 'ticketing.tenantPaths.1'],
    [{ ticketing: { tenantPaths: ['$.customer', ' '] } }, 'ticketing.tenantPaths.1'],
    [{ ticketing: { tenantPaths: { a: 1 } } }, 'ticketing.tenantPaths'],
    [{ ticketing: { otherValues: 'maybe' } }, 'ticketing.otherValues'],
    [{ ticketing: { openValues: [{}] } }, 'ticketing.openValues.0'],
    [{ ticketing: { descriptionTemplate: 'at {$.a[}' } }, 'ticketing.descriptionTemplate'],
    [{ ticketing: { routingRules: [{ path: '$.a', pattern: '(?=x)' }] } }, 'ticketing.routingRules.0.pattern'],
    [{ ticketing: { routingRules: [{ path: '$.a[(', pattern: 'x' }] } }, 'ticketing.routingRules.0.path'],
    [{ maintenance: [{ type: 'daily', start: '22:00', end: '23:00', policy: 'wait' }] }, 'maintenance.0.policy'],
    [{ maintenance: [{ type: 'daily', start: '24:00', end: '23:00' }] }, 'maintenance.0'],
    [{ maintenance: [{ type: 'weekly', days: [], start: '22:00', end: '23:00' }] }, 'maintenance.0.days'],
    [{ maintenance: [{ type: 'weekly', days: ['Funday'], start: '22:00', end: '23:00' }] }, 'maintenance.0.days.0'],
    [{ ticketing: { colour: 'red' } }, 'ticketing.colour'],
    [{ colour: 'red' }, 'colour'],
    [{ maintenance: [{ type: 'daily', start: '22:00', end: '22:00' }] }, 'maintenance.0'],
    [
      { maintenance: [{ type: 'weekly', days: ['Mon'], start: '22:00', end: '04:00', timezone: 'Mars/Base' }] },
      'maintenance.0',
    ],
    [{ maintenance: [{ start: '2026-03-01T22:00', end: '2026-03-01T21:00' }] }, 'maintenance.0'],
    [{ maintenance: [{ type: 'hourly' }] }, 'maintenance.0'],
    [{ verification: [{ type: 'ip', allow: ['10.0.0.0/8', '300.1.1.1'] }] }, 'verification.0.allow.1'],
    [{ verification: [{ type: 'hmac' }] }, 'verification.0.secret'],
    [{ verification: [{ type: 'hmac', secret: '********' }] }, 'verification.0.secret'],
    [{ heartbeat: { timeoutMinutes: 0 } }, 'heartbeat.timeoutMinutes'],
    [{ name: '' }, 'name'],
    [{ description: 'a\0b' }, 'description'],
    [{ ticketing: { companyId: 'A', customer_id: 'B' } }, 'ticketing.companyId'],
  ])('refuses %j and names the place %s', async (body, place) => {
    expect(await pathsOf({ name: 'bad', ...body })).toContainEqual(
      expect.stringMatching(new RegExp(`^${place.replaceAll('.', '\\.')}(\\.type)?$`)),
    );
  });

  it('takes all that the planner knows: a split with $root, places of the tenant, hold, values that are neither', async () => {
    const made = await make({
      name: 'whole',
      ticketing: {
        splitPath: '$.alerts[*]',
        mapping: { summary: '{$.labels.alertname} on {$root.commonLabels.cluster}' },
        tenantPaths: ['$root.commonLabels.customer', "$['a,b']"],
        otherValues: 'open',
      },
      maintenance: [{ type: 'daily', start: '22:00', end: '04:00', timezone: 'Europe/Vienna', policy: 'hold' }],
    });
    expect(made.ticketing).toMatchObject({
      splitPath: '$.alerts[*]',
      tenantPaths: ['$root.commonLabels.customer', "$['a,b']"],
      otherValues: 'open',
    });
    expect(made.maintenance[0]?.policy).toBe('hold');
    const union = "$.a['b','c']";
    expect((await make({ name: 'one', ticketing: { tenantPaths: union } })).ticketing.tenantPaths).toEqual([union]);
    expect((await make({ name: 'none' })).ticketing.tenantPaths).toEqual([]);
  });

  it('refuses what is not there without a name, and says so at the name', async () => {
    expect(await pathsOf({})).toEqual(['name']);
  });

  it('takes HookWise’s spellings: regex, customer_id, comma text, hours, columns and JSON as text', async () => {
    const made = await make({
      name: 'from HookWise',
      ticketing: {
        openValues: 'CRITICAL, WARNING',
        closeValues: 'OK,RESOLVED',
        mapping: {
          summary: '$.monitor.name',
          description: 'Trigger: {$.trigger.description}\nHost: {$.host.name}',
          customer_id: '$.monitor.tags.CW_ID',
        },
        routingRules: [
          {
            path: '$.monitor.hostname',
            regex: '.*-DB-.*',
            overrides: { board: 'Database Team', priority: 'High', customer_id: 'ACME' },
          },
          { path: '$.monitor.hostname', regex: '.*-FE-.*', overrides: { board: 'Frontend Team' } },
        ],
      },
      heartbeat: { enabled: true, hours: 2 },
      maintenance_windows: '[{"type":"daily","start":"22:00","end":"04:00"}]',
    });
    expect(made.ticketing.openValues).toEqual(['CRITICAL', 'WARNING']);
    expect(made.ticketing.routingRules[0]).toEqual({
      path: '$.monitor.hostname',
      pattern: '.*-DB-.*',
      overrides: { board: 'Database Team', priority: 'High', companyId: 'ACME' },
    });
    expect(made.ticketing.mapping.customer_id).toBe('$.monitor.tags.CW_ID');
    expect(made.heartbeat).toMatchObject({ enabled: true, timeoutMinutes: 120 });
    expect(made.maintenance).toEqual([
      { type: 'daily', start: '22:00', end: '04:00', timezone: 'UTC', policy: 'skip' },
    ]);
    const flat = await make({
      name: 'flat',
      trigger_field: '$.status',
      open_value: 'firing',
      json_mapping: '{"summary":"$.alerts[0].annotations.summary"}',
      routing_rules: [],
      timeout_hours: 3,
    });
    expect(flat.ticketing).toMatchObject({
      triggerField: '$.status',
      openValues: ['firing'],
      mapping: { summary: '$.alerts[0].annotations.summary' },
    });
    expect(flat.heartbeat.timeoutMinutes).toBe(180);
  });

  it('opens an endpoint to everyone only where an empty verification is sent', async () => {
    const made = await make({ name: 'open', verification: [] });
    expect(made.verification).toEqual([]);
    expect(made.token).toBeUndefined();
  });

  it('is for administrators', async () => {
    expect((await world.refusal(createEndpoint, { body: { name: 'x' } }, 'operator')).code).toBe('forbidden');
  });
});
