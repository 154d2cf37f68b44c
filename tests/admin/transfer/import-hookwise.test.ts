import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../../admin/server/endpoints/create.ts';
import { deleteEndpoint } from '../../../admin/server/endpoints/delete.ts';
import { getEndpoint } from '../../../admin/server/endpoints/get.ts';
import { listEndpoints } from '../../../admin/server/endpoints/list.ts';
import { patchEndpoint } from '../../../admin/server/endpoints/patch.ts';
import { importHookwise } from '../../../admin/server/transfer/hookwise/import.ts';
import { sha256 } from '../../../infra/crypto/cipher.ts';
import { openEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { loadEndpointByKeyDigest, loadTenantMappings } from '../../../infra/database/config-store.ts';
import { anAdminWorld, type AdminWorld } from '../admin-world.ts';
import { footprint } from './footprint.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
const BACKUP = fixture('hookwise-backup.json');
const ENCRYPTED = fixture('hookwise-backup-2.fernet');
const FERNET_KEY = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=';
const [KUMA, ZABBIX, OPEN] = (JSON.parse(BACKUP) as { id: string }[]).map(({ id }) => id);

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const bring = (body: unknown, apply = true) =>
  world.run(importHookwise, { query: apply ? { apply: 'true' } : {}, body });
const refused = async (body: unknown) => world.refusal(importHookwise, { query: { apply: 'true' }, body });
const byKey = async (key = '') => {
  const row = await loadEndpointByKeyDigest(world.context.pool, sha256(key), new Date());
  if (!row) throw new Error(`No endpoint answers to ${key}.`);
  return row;
};
const secretsOf = async (key = '') => {
  const { id, config, secretsCipher } = await byKey(key);
  const secrets = openEndpointSecrets(world.context.cipher, id, secretsCipher);
  return config.verification.map((entry) => (entry.type === 'ip' ? null : secrets[entry.secretId]?.value));
};

describe('a backup of HookWise', () => {
  it('is previewed without writing anything', async () => {
    const before = await footprint(world);
    const preview = await bring({ backup: BACKUP, fernetKey: FERNET_KEY }, false);
    expect(preview).toMatchObject({ dryRun: true, changed: 3 });
    expect(preview.plan.map(({ action, name }) => [action, name])).toEqual([
      ['create', 'Uptime Kuma'],
      ['create', 'Zabbix'],
      ['create', 'Open door'],
    ]);
    expect(await footprint(world)).toEqual(before);
    expect(JSON.stringify(preview)).not.toContain('kuma-token');
  });

  it('comes over with its key, its token and everything that has a counterpart', async () => {
    const done = await bring({ backup: BACKUP, fernetKey: FERNET_KEY });
    expect(done.changed).toBe(3);
    const { config } = await byKey(KUMA);
    expect(done.plan[0]?.url).toBe(`https://hooks.example.com/webhook/${KUMA}`);
    expect(await secretsOf(KUMA)).toEqual(['kuma-token-of-the-old-installation-0123456789', null]);
    expect(config).toMatchObject({
      name: 'Uptime Kuma',
      enabled: true,
      pinned: true,
      ticketing: {
        triggerField: 'heartbeat.status',
        openValues: ['0'],
        closeValues: ['1'],
        otherValues: 'open',
        companyId: 'AcmeMSP',
        board: 'NOC',
        status: 'New',
        closeStatus: 'Resolved',
        priority: 'Priority 2 - High',
        summaryPrefix: 'Down:',
        summaryRemove: ['[Down]', '[Up]'],
        descriptionTemplate: 'Monitor {{ monitor_name }}\nSays {{ msg }} ({{ request_id }})\nHost {$.monitor.hostname}',
        mapping: {
          summary: '$.monitor.name',
          customer_id: '$.monitor.tags[0].value',
          description: 'Site: $.monitor.tags[0].value URL: $.monitor.url',
        },
        tenantMap: true,
      },
      analysis: { enabled: true, instructions: 'Think of our VPN first.' },
      heartbeat: { enabled: true, timeoutMinutes: 360 },
    });
    expect(config.ticketing.routingRules).toEqual([
      {
        path: '$.monitor.hostname',
        pattern: '.*-DB-.*',
        overrides: { board: 'Database Team', priority: 'Priority 1 - Critical', type: 'Incident' },
      },
      { path: '$.heartbeat.msg', pattern: 'maintenance|planned', overrides: { drop: true } },
      { path: '$.monitor.type', pattern: '.*', overrides: { status: 'Triage', companyId: 'Beta' } },
    ]);
    const utc = { timezone: 'UTC', policy: 'skip' };
    expect(config.maintenance).toEqual([
      { type: 'daily', start: '02:00', end: '04:30', ...utc },
      { type: 'weekly', days: ['Mon', 'Thu'], start: '22:00', end: '04:00', ...utc },
      { type: 'once', start: '2026-12-24T18:00:00Z', end: '2026-12-27T06:00:00Z', ...utc },
      { type: 'once', start: '2026-12-31T20:00', end: '2027-01-01T04:00', ...utc },
    ]);
    expect(config.verification[1]).toEqual({ type: 'ip', allow: ['10.20.0.0/16', '192.168.7.9'] });
    const zabbix = await byKey(ZABBIX);
    expect(zabbix.config).toMatchObject({
      enabled: false,
      ticketing: { openValues: ['PROBLEM', 'CRITICAL', 'None'], closeValues: ['OK', 'RESOLVED'] },
    });
    expect(zabbix.config.ticketing.mapping).toEqual({ summary: '$.trigger.name', severity: '$.trigger.severity' });
    expect(zabbix.config.heartbeat).toMatchObject({ enabled: false, timeoutMinutes: 1440 });
  });

  it('names what cannot be carried, with its place and the reason', async () => {
    const { notCarried, notes } = await bring({ backup: BACKUP, fernetKey: FERNET_KEY }, false);
    expect(notCarried.map(({ place }) => place).sort()).toEqual(
      [
        '0.timeout_ticket_id',
        '0.trusted_ips',
        '0.routing_rules.1',
        '0.routing_rules.3.overrides.colour',
        '0.maintenance_windows.4',
        '0.maintenance_windows.5',
        '1.json_mapping.board',
        '1.json_mapping.impact',
        '1.json_mapping.owner',
        '2.json_mapping',
        '2.trusted_ips',
      ].sort(),
    );
    expect(notCarried.find(({ place }) => place === '0.routing_rules.1')?.reason).toContain('RE2');
    expect(notCarried.every(({ reason }) => /[.!?]$/.test(reason))).toBe(true);
    expect(notes.join('\n')).toContain('otherValues: open');
    expect(notes.filter((note) => note.includes('noteVisibility'))).toHaveLength(1);
    const drafts = [true, false].map((is_draft, at) => ({
      id: `draft-endpoint-${at}-0123456789`,
      name: `Draft ${at}`,
      is_draft,
    }));
    const { plan } = await bring({ backup: drafts }, false);
    expect(plan.map((item) => item.notes.filter((note) => note.includes('is_draft')))).toEqual([
      [expect.stringContaining('made tickets in HookWise')],
      [],
    ]);
  });

  it('keeps an endpoint shut that let nobody in, and reads a whole day as the two halves it is', async () => {
    const { config } = await byKey(OPEN);
    expect(config).toMatchObject({ enabled: false, verification: [] });
    expect(config.maintenance.map((window) => [window.start, window.end])).toEqual([
      ['00:00', '12:00'],
      ['12:00', '00:00'],
    ]);
  });

  it('changes nothing when it is imported again, with or without its key', async () => {
    const before = await footprint(world);
    for (const body of [
      { backup: BACKUP, fernetKey: FERNET_KEY },
      { backup: JSON.parse(BACKUP) as unknown },
      JSON.parse(BACKUP),
    ]) {
      const again = await bring(body);
      expect(again.changed).toBe(0);
      expect(again.plan.map(({ action }) => action)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    }
    expect(await footprint(world)).toEqual(before);
    expect(await secretsOf(KUMA)).toEqual(['kuma-token-of-the-old-installation-0123456789', null]);
  });

  it('leaves what HookWise does not know as a person set it here', async () => {
    const { id } = await byKey(ZABBIX);
    await world.run(patchEndpoint, { id, body: { ticketing: { closeDelaySeconds: 60, board: 'Changed here' } } });
    const again = await bring({ backup: BACKUP });
    expect(again.plan[1]).toMatchObject({ action: 'update', changes: ['ticketing.board'] });
    expect((await byKey(ZABBIX)).config.ticketing).toMatchObject({ closeDelaySeconds: 60, board: null });
  });

  it('comes again after its endpoint was deleted here, under the same URL', async () => {
    await world.run(deleteEndpoint, { id: (await byKey(ZABBIX)).id, query: {} });
    const again = await bring({ backup: BACKUP, fernetKey: FERNET_KEY });
    expect(again.plan[1]).toMatchObject({ action: 'create', url: `https://hooks.example.com/webhook/${ZABBIX}` });
    expect(await secretsOf(ZABBIX)).toEqual(['zabbix-token']);
  });

  it('without its key asks for tokens that are made new, shown once, and says so', async () => {
    const other = [{ ...(JSON.parse(BACKUP) as object[])[1], id: 'w'.repeat(64), name: 'No key' }];
    const done = await bring(other);
    expect(done.notCarried.map(({ place }) => place)).toContain('0.bearer_token');
    expect(done.plan[0]?.token).toMatch(/^[\w-]{43}$/);
    expect(await secretsOf('w'.repeat(64))).toEqual([done.plan[0]?.token]);
    const later = await bring({ backup: other, fernetKey: FERNET_KEY });
    expect(later.plan[0]).toMatchObject({ action: 'update', changes: ['verification.0.token'] });
    expect(await secretsOf('w'.repeat(64))).toEqual(['zabbix-token']);
  });

  it('of a later version comes with tenant map, tags and HMAC secret, opened as a whole', async () => {
    const done = await bring({ backup: ENCRYPTED, fernetKey: FERNET_KEY });
    const key = 'Y'.repeat(32) + 'z'.repeat(32);
    expect(await secretsOf(key)).toEqual(['grafana-token', 'grafana-hmac']);
    expect((await byKey(key)).config).toMatchObject({
      description: 'Tags in HookWise: cloud, eu',
      position: 4,
      verification: [{ type: 'bearer' }, { type: 'hmac', header: 'X-HookWise-Signature', algorithm: 'sha256' }],
    });
    expect(await loadTenantMappings(world.context.pool)).toEqual([
      { tenant: 'contoso.onmicrosoft.com', companyId: 'Contoso' },
      { tenant: 'Fabrikam*', companyId: 'Fabrikam' },
    ]);
    expect(done.notCarried.map(({ place }) => place)).toEqual([
      'configs.0.rate_limit_per_minute',
      'configs.0.retry_max_attempts',
      'preferences',
      'global_mappings.2',
      'global_mappings.3',
    ]);
    expect((await bring({ backup: ENCRYPTED, fernetKey: FERNET_KEY })).changed).toBe(0);
  });

  it('carries settings that were taken from Redis beside it', async () => {
    const settings = {
      hookwise_maintenance_mode: 'true',
      hookwise_log_retention_days: '45',
      hookwise_health_webhook: 'https://x',
      log_retention_days: 'ever',
    };
    const preview = await bring({ configs: [], settings }, false);
    expect(preview.plan[0]?.changes).toEqual(['maintenanceMode', 'logRetentionDays']);
    expect(preview.notCarried.map(({ place }) => place)).toEqual([
      'settings.hookwise_health_webhook',
      'settings.log_retention_days',
    ]);
  });
});

describe('what is no backup', () => {
  it.each([
    ['cut off', BACKUP.slice(0, 1500), /line \d+, column \d+: .*truncated.* Take the backup again/],
    ['cut off between things', BACKUP.slice(0, BACKUP.indexOf('"name"')), /line 3, column 78: .*truncated/],
    ['no JSON', BACKUP.replace('"board": "NOC",', '"board": NOC,'), /line 7, column 14: This is no JSON/],
    ['the sign-in page', '<!doctype html><title>Login</title>', /web page.*Take the backup again/],
    ['empty', '  \n', /empty/],
    ['a number', '17', /no backup of HookWise/],
    ['another JSON', '{"dashboards": []}', /no backup of HookWise.*"configs"/],
    ['another list', '[{"name": "x", "uid": 5}]', /^0: .*none of the columns/],
    ['a list of texts', '["a"]', /^0: This is no endpoint/],
    ['without a name', '[{"id": "abc", "board": "NOC"}]', /^0\.name: /],
    ['too long a name', `[{"id": "${'i'.repeat(64)}", "name": "${'n'.repeat(101)}"}]`, /^0\.name: .*100/],
    ['twice the same id', JSON.stringify([0, 1].map((n) => ({ id: 'd'.repeat(64), name: `twin ${n}` }))), /same key/],
  ])('such as one that is %s is refused with place and remedy, and nothing is written', async (_, backup, words) => {
    const before = await footprint(world);
    const refusal = await refused({ backup });
    expect(refusal.code).toBe('invalid');
    expect(refusal.message).toMatch(words);
    expect(refusal.faults.length).toBeGreaterThan(0);
    expect(await footprint(world)).toEqual(before);
  });

  it('a wrong ENCRYPTION_KEY is named plainly', async () => {
    const wrong = Buffer.alloc(32, 9).toString('base64url');
    for (const backup of [BACKUP, ENCRYPTED]) {
      const { faults } = await refused({ backup, fernetKey: wrong });
      expect(faults).toEqual([{ path: 'fernetKey', message: expect.stringMatching(/opens nothing.*ENCRYPTION_KEY/) }]);
    }
    expect((await refused({ backup: BACKUP, fernetKey: 'short' })).faults[0]).toMatchObject({
      path: 'fernetKey',
      message: expect.stringMatching(/32 bytes/),
    });
    expect((await refused({ backup: ENCRYPTED })).faults[0]?.path).toBe('fernetKey');
  });

  it('is for administrators', async () => {
    expect((await world.refusal(importHookwise, { query: {}, body: [] }, 'operator')).code).toBe('forbidden');
  });
});

describe('an endpoint without an id', () => {
  it('is found by its name, else made with a new URL', async () => {
    const made = await world.run(createEndpoint, { body: { name: 'By hand', ticketing: { board: 'Old' } } });
    const entry = { name: 'By hand', board: 'New board', trigger_field: '$.status' };
    const done = await bring([entry]);
    expect(done.plan[0]).toMatchObject({ action: 'update', id: made.id });
    const now = await world.run(getEndpoint, { id: made.id });
    expect(now).toMatchObject({ url: made.url, ticketing: { board: 'New board', triggerField: '$.status' } });
    const fresh = await bring([{ ...entry, name: 'Elsewhere' }]);
    expect(fresh.plan[0]).toMatchObject({ action: 'create' });
    expect(fresh.notCarried.map(({ place }) => place)).toContain('0.id');
    expect((await bring([{ ...entry, name: 'Elsewhere' }])).changed).toBe(0);
    const all = await world.run(listEndpoints, { query: { q: 'Elsewhere' } });
    expect(all.items).toHaveLength(1);
  });
});
