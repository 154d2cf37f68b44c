import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { dryRunEndpoint } from '../../admin/server/endpoints/dry-run.ts';
import { patchEndpoint } from '../../admin/server/endpoints/patch.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

/** A configuration block as HookWise's README shows it, word for word, and what a body makes of it. */
interface Block {
  recipe: string;
  column: 'json_mapping' | 'routing_rules';
  json: string;
  /** The columns that the recipe lists beside the block. */
  columns: Record<string, string>;
  body: object;
  ticket: object;
}

const BLOCKS: Block[] = [
  {
    recipe: '1. Uptime Kuma',
    column: 'json_mapping',
    json: `  {
    "summary": "$.monitor.name",
    "description": "$.heartbeat.msg",
    "customer_id": "$.monitor.tags.CW_ID"
  }`,
    columns: { trigger_field: '$.heartbeat.status', open_value: '0', close_value: '1' },
    body: { monitor: { name: 'Web', tags: { CW_ID: 'ACME' } }, heartbeat: { status: 0, msg: 'refused' } },
    ticket: { summary: 'Alert: Web', description: 'refused', companyId: 'ACME' },
  },
  {
    recipe: '3. Advanced Regex Routing',
    column: 'routing_rules',
    json: `  [
    {
      "path": "$.monitor.hostname",
      "regex": ".*-DB-.*",
      "overrides": {
        "board": "Database Team",
        "priority": "High"
      }
    },
    {
      "path": "$.monitor.hostname",
      "regex": ".*-FE-.*",
      "overrides": {
        "board": "Frontend Team"
      }
    }
  ]`,
    columns: {},
    body: { monitor: { name: 'Db', hostname: 'prd-db-01' }, heartbeat: { status: 0 } },
    ticket: { board: 'Database Team', priority: 'High' },
  },
  {
    recipe: '4. Zabbix',
    column: 'json_mapping',
    json: `  {
    "summary": "$.event.name",
    "severity": "$.event.severity",
    "description": "Trigger: {$.trigger.description}\\nHost: {$.host.name}"
  }`,
    columns: { trigger_field: '$.event.status', open_value: 'PROBLEM', close_value: 'OK, RESOLVED' },
    body: {
      event: { name: 'CPU', severity: 'High', status: 'PROBLEM' },
      trigger: { description: 'load' },
      host: { name: 'srv1' },
    },
    ticket: { summary: 'Alert: CPU', severity: 'High', description: 'Trigger: load\nHost: srv1' },
  },
  {
    recipe: '5. Grafana Alertmanager',
    column: 'json_mapping',
    json: `  {
    "summary": "$.alerts[0].annotations.summary",
    "description": "$.alerts[0].annotations.description"
  }`,
    columns: { trigger_field: '$.status', open_value: 'firing', close_value: 'resolved' },
    body: { status: 'firing', alerts: [{ annotations: { summary: 'Disk', description: 'full' } }] },
    ticket: { summary: 'Alert: Disk', description: 'full' },
  },
  {
    recipe: 'Dynamic Company Identification, regex overrides',
    column: 'routing_rules',
    json: '[{"path": "$.host", "regex": "PRD-CL1-.*", "overrides": {"customer_id": "CLIENT_A"}}]',
    columns: {},
    body: { host: 'PRD-CL1-WEB', heartbeat: { status: 0 } },
    ticket: { companyId: 'CLIENT_A' },
  },
  {
    recipe: 'Dynamic Company Identification, mapping',
    column: 'json_mapping',
    json: '{"customer_id": "$.tags.client_id"}',
    columns: {},
    body: { tags: { client_id: 'CLIENT_B' }, heartbeat: { status: 0 } },
    ticket: { companyId: 'CLIENT_B' },
  },
  {
    recipe: 'Multi-Variable Mapping',
    column: 'json_mapping',
    json: '{"summary": "$.TaskInfo.Tenant $.TaskInfo.Name"}',
    columns: {},
    body: { TaskInfo: { Tenant: 'Acme', Name: 'SRV01' }, heartbeat: { status: 0 } },
    ticket: { summary: 'Alert: Acme SRV01' },
  },
];

const OURS = { json_mapping: 'mapping', routing_rules: 'routingRules' };

describe.each(BLOCKS)('a block of HookWise’s README: $recipe', ({ column, json, columns, body, ticket }) => {
  const value: unknown = JSON.parse(json);
  it.each([
    ['as its column, JSON', { ...columns, [column]: value }],
    ['as its column, the text that HookWise keeps', { ...columns, [column]: json }],
    ['under ticketing by HookWise’s name', { ticketing: { ...columns, [column]: value } }],
    ['under ticketing by our name', { ticketing: { ...columns, [OURS[column]]: value } }],
    ['under ticketing by our name, as text', { ticketing: { ...columns, [OURS[column]]: json } }],
  ])('is accepted as it is and plans what it says: %s', async (_where, sent) => {
    const made = await world.run(createEndpoint, { body: { name: 'From HookWise', ...sent } });
    const plain = await world.run(createEndpoint, { body: { name: 'Later' } });
    const patched = await world.run(patchEndpoint, { id: plain.id, body: sent });
    expect(patched.ticketing).toEqual(made.ticketing);
    const { alerts } = await world.run(dryRunEndpoint, { id: made.id, body: { body } });
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({ kind: 'open', disposition: 'incident', ticket });
  });
});

it('the recipe without a block, Generic status, has its values as comma text and a prefix', async () => {
  const made = await world.run(createEndpoint, {
    body: {
      name: 'Generic',
      trigger_field: '$.status_text',
      open_value: 'CRITICAL, WARNING',
      close_value: 'OK, RESOLVED',
      ticket_prefix: 'Infrastructure Alert:',
    },
  });
  const plan = async (status_text: string) => {
    const { alerts } = await world.run(dryRunEndpoint, { id: made.id, body: { body: { name: 'Disk', status_text } } });
    const ticket = alerts[0]?.['ticket'] as { summary: string } | undefined;
    return [alerts[0]?.['kind'], ticket?.summary];
  };
  expect(await plan('WARNING')).toEqual(['open', 'Infrastructure Alert: Disk']);
  expect(await plan('RESOLVED')).toEqual(['close', 'Infrastructure Alert: Disk']);
  expect((await plan('UNKNOWN'))[0]).toBe('other');
});

it.each([
  [{ json_mapping: '{"summary": ' }, 'ticketing.mapping'],
  [{ ticketing: { routing_rules: '[' } }, 'ticketing.routingRules'],
  [{ maintenance_windows: 'often' }, 'maintenance'],
  [{ routing_rules: [{ path: '$.a', regex: '(', overrides: {} }] }, 'ticketing.routingRules.0.pattern'],
  [
    { routing_rules: '[{"path":"$.a","regex":"a","overrides":{"team":"x"}}]' },
    'ticketing.routingRules.0.overrides.team',
  ],
])('a fault in HookWise’s spelling is named at our place: %j', async (sent, place) => {
  const refusal = await world.refusal(createEndpoint, { body: { name: 'Bad', ...sent } });
  expect(refusal.faults.map(({ path }) => path)).toEqual([place]);
});

it('blank columns mean that nothing is set', async () => {
  const made = await world.run(createEndpoint, {
    body: { name: 'Blank', json_mapping: '', routing_rules: ' ', maintenance_windows: '' },
  });
  expect([made.ticketing.mapping, made.ticketing.routingRules, made.maintenance]).toEqual([{}, [], []]);
});
