import type { TicketingConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { CorpusCase, ExpectedAlert } from './corpus-case.ts';

const ALERTMANAGER = {
  status: 'firing',
  commonLabels: { tenant: 'acme' },
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'HighLoad', instance: 'web-1', severity: 'critical' },
      annotations: { summary: 'Load is 9' },
    },
    {
      status: 'resolved',
      labels: { alertname: 'DiskFull', instance: 'web-2', severity: 'warning' },
      annotations: { summary: 'Disk is free' },
    },
    {
      status: 'firing',
      labels: { alertname: 'HighLoad', instance: 'web-1', severity: 'low' },
      annotations: { summary: 'Load is 8' },
    },
  ],
};

const SPLIT: Partial<TicketingConfig> = {
  splitPath: '$.alerts[*]',
  triggerField: '$.status',
  openValues: ['firing'],
  closeValues: ['resolved'],
  mapping: { summary: '{$.labels.alertname} on {$.labels.instance}' },
};

type Row = readonly [why: string, ticketing: Partial<TicketingConfig>, body: unknown, alerts: readonly ExpectedAlert[]];

const ROWS: readonly Row[] = [
  [
    'each item is an alert with its own kind',
    SPLIT,
    ALERTMANAGER,
    [{ kind: 'open' }, { kind: 'close' }, { kind: 'open', sharesWith: 0 }],
  ],
  [
    'each has its own summary, alike ones share an incident',
    SPLIT,
    ALERTMANAGER,
    [
      { ticket: { summary: 'Alert: HighLoad on web-1' } },
      { ticket: { summary: 'Alert: DiskFull on web-2' } },
      { ticket: { summary: 'Alert: HighLoad on web-1' }, sharesWith: 0 },
    ],
  ],
  [
    '$root reaches the whole body',
    { ...SPLIT, mapping: { summary: '$.labels.alertname', customer_id: '$root.commonLabels.tenant' } },
    ALERTMANAGER,
    [
      { company: ['acme', 'mapping'], customer: 'acme' },
      { company: ['acme', 'mapping'] },
      { company: ['acme', 'mapping'], sharesWith: 0 },
    ],
  ],
  [
    '$ is the item, not the body',
    { ...SPLIT, mapping: { summary: '$.labels.alertname', board: '$.commonLabels.tenant' } },
    ALERTMANAGER,
    [{ ticket: { board: null } }, { ticket: { board: null } }, { ticket: { board: null }, sharesWith: 0 }],
  ],
  [
    'rules are run for each item',
    { ...SPLIT, routingRules: [{ path: '$.labels.severity', pattern: 'critical|warning', overrides: { drop: true } }] },
    ALERTMANAGER,
    [
      { goes: 'skip', reason: 'dropped', rules: [0] },
      { goes: 'incident', reason: null, rules: [0] },
      { goes: 'incident', reason: null, rules: [], sharesWith: 0 },
    ],
  ],
  [
    'rules may look at $root',
    { ...SPLIT, routingRules: [{ path: '$root.status', pattern: 'firing', overrides: { board: 'All' } }] },
    ALERTMANAGER,
    [{ ticket: { board: 'All' } }, { ticket: { board: 'All' } }, { ticket: { board: 'All' }, sharesWith: 0 }],
  ],
  [
    'templates reach $root',
    { ...SPLIT, descriptionTemplate: '{$.annotations.summary} ({$root.status})' },
    ALERTMANAGER,
    [
      { ticket: { description: 'Load is 9 (firing)' } },
      { ticket: { description: 'Disk is free (firing)' } },
      { ticket: { description: 'Load is 8 (firing)' }, sharesWith: 0 },
    ],
  ],
  [
    'the description tells the item alone',
    SPLIT,
    ALERTMANAGER,
    [
      { tells: ['Load is 9'], hides: ['Disk is free'] },
      { tells: ['Disk is free'], hides: ['Load is 9'] },
      { tells: ['Load is 8'], hides: ['Load is 9'], sharesWith: 0 },
    ],
  ],
  [
    'a single item',
    SPLIT,
    { alerts: [ALERTMANAGER.alerts[0]] },
    [{ kind: 'open', ticket: { summary: 'Alert: HighLoad on web-1' } }],
  ],
  [
    'nothing to split: the whole body is one alert',
    SPLIT,
    { status: 'firing', alerts: [] },
    [{ kind: 'open', name: 'Unknown Source' }],
  ],
  [
    'a missing list: the whole body is one alert',
    SPLIT,
    { status: 'resolved', name: 'x' },
    [{ kind: 'close', name: 'x' }],
  ],
  [
    'a slice splits too',
    { ...SPLIT, splitPath: '$.alerts[-1:]' },
    ALERTMANAGER,
    [{ kind: 'open', message: 'No message', tells: ['Load is 8'] }],
  ],
  [
    'a filter splits too',
    { ...SPLIT, splitPath: "$.alerts[?(@.status=='resolved')]" },
    ALERTMANAGER,
    [{ kind: 'close', ticket: { summary: 'Alert: DiskFull on web-2' } }],
  ],
  [
    'a body that is a list',
    { splitPath: '$[*]' },
    [
      { heartbeat: { status: 0 }, name: 'a' },
      { heartbeat: { status: 1 }, name: 'b' },
    ],
    [
      { kind: 'open', name: 'a' },
      { kind: 'close', name: 'b' },
    ],
  ],
  [
    'texts are items too',
    { splitPath: '$.hosts[*]', otherValues: 'open', mapping: { summary: '$' } },
    { hosts: ['web-1', 'web-2'] },
    [{ ticket: { summary: 'Alert: web-1' } }, { ticket: { summary: 'Alert: web-2' } }],
  ],
  [
    'an item under a secret name is a secret as a whole',
    { splitPath: '$.tokens[*]', otherValues: 'open', mapping: { summary: '$.v' } },
    { tokens: [{ v: 'LEAK-1' }, { v: 'LEAK-2' }] },
    [{ hides: ['LEAK'] }, { hides: ['LEAK'], sharesWith: 0 }],
  ],
];

/** One webhook, several alerts. */
export const SPLITS: readonly CorpusCase[] = ROWS.map(([why, ticketing, body, alerts]) => ({
  name: `split: ${why}`,
  ticketing,
  body,
  alerts,
}));
