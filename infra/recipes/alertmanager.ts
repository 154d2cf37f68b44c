import type { SampleAlert } from './alert-bodies.ts';
import { alertmanagerBody } from './alert-bodies.ts';
import { ALERT_CUSTOMER, ALERT_SEVERITIES, ALERT_SUMMARY } from './grafana.ts';
import type { Recipe } from './recipe.ts';
import { BEARER_HEADER } from './recipe.ts';

const down = (instance: string, fingerprint: string, status: SampleAlert['status']): SampleAlert => ({
  status,
  labels: { alertname: 'InstanceDown', instance, job: 'node', severity: 'page', cw_id: 'ACME' },
  annotations: {
    summary: `Instance ${instance} down`,
    description: `${instance} of job node has been down for more than 5 minutes.`,
  },
  fingerprint,
});
const one = (status: SampleAlert['status']) => down('db-01:9100', '7e4d2a1f0b9c8d63', status);
const two = (status: SampleAlert['status']) => down('db-02:9100', '19a0c3f2d4e5b687', status);
const first = {
  summary: 'Alert: InstanceDown db-01:9100 [7e4d2a1f0b9c8d63]',
  incident: 'one',
  severity: 'High',
  companyId: 'ACME',
} as const;
const second = {
  summary: 'Alert: InstanceDown db-02:9100 [19a0c3f2d4e5b687]',
  incident: 'two',
  severity: 'High',
  companyId: 'ACME',
} as const;

export const alertmanagerRecipe: Recipe = {
  id: 'alertmanager',
  name: 'Prometheus Alertmanager',
  sentence: 'Each alert of a notification has an incident of its own, closed when it is resolved.',
  endpoint: {
    name: 'Prometheus Alertmanager',
    description: 'The body is split by alert; the fingerprint of the labels tells alerts of one rule apart.',
    ticketing: {
      splitPath: '$.alerts[*]',
      triggerField: '$.status',
      openValues: ['firing'],
      closeValues: ['resolved'],
      mapping: { summary: ALERT_SUMMARY, customer_id: ALERT_CUSTOMER },
      descriptionTemplate: [
        '{$.annotations.summary}',
        '{$.annotations.description}',
        '',
        'Labels: {$.labels}',
        'Since: {$.startsAt}',
        'Expression: {$.generatorURL}',
        'Alertmanager: {$root.externalURL}',
        'Request ID: {{ request_id }}',
      ].join('\n'),
      routingRules: ALERT_SEVERITIES,
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'Two instances are down, in one notification',
      says: 'open',
      body: alertmanagerBody([one('firing'), two('firing')]),
      alerts: [
        { kind: 'open', ...first },
        { kind: 'open', ...second },
      ],
    },
    {
      name: 'Told again after the repeat interval, one of them over',
      says: 'repeat',
      body: alertmanagerBody([one('firing'), two('resolved')]),
      alerts: [
        { kind: 'open', ...first },
        { kind: 'close', ...second },
      ],
    },
    {
      name: 'The last one is over',
      says: 'recovery',
      body: alertmanagerBody([one('resolved')]),
      alerts: [{ kind: 'close', ...first }],
    },
  ],
  setup: {
    proof: 'A bearer token in the Authorization header that Alertmanager sends.',
    header: BEARER_HEADER,
    steps: [
      {
        text: 'Add a receiver to alertmanager.yml. send_resolved must stay true: without it no ticket is closed.',
        paste: [
          'receivers:',
          '  - name: hookwise',
          '    webhook_configs:',
          "      - url: '{url}'",
          '        send_resolved: true',
          '        http_config:',
          '          authorization:',
          '            type: Bearer',
          "            credentials: '{token}'",
        ].join('\n'),
        language: 'yaml',
      },
      {
        text: 'Name it as the receiver of a route, or of the root route.',
        paste: 'route:\n  receiver: hookwise',
        language: 'yaml',
      },
      { text: 'Leave max_alerts at 0, so that no alert is cut off, and reload Alertmanager.' },
      {
        text: 'A label severity (critical, warning, info) on a rule becomes the ticket’s severity; a label cw_id with a company’s identifier names the customer.',
      },
    ],
  },
};
