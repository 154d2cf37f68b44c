import type { Json } from '../../workflows/contracts/json.ts';
import { fillTemplate } from './fill-template.ts';
import type { Recipe } from './recipe.ts';
import { BEARER_HEADER, severityRules } from './recipe.ts';

/** The custom payload of Datadog's webhook integration. */
const PAYLOAD = JSON.stringify(
  {
    alert_id: '$ALERT_ID',
    title: '$EVENT_TITLE',
    transition: '$ALERT_TRANSITION',
    status: '$ALERT_STATUS',
    metric: '$ALERT_METRIC',
    query: '$ALERT_QUERY',
    scope: '$ALERT_SCOPE',
    priority: '$ALERT_PRIORITY',
    hostname: '$HOSTNAME',
    tags: '$TAGS',
    message: '$TEXT_ONLY_MSG',
    link: '$LINK',
    date: '$DATE',
    org: '$ORG_NAME',
  },
  null,
  2,
);

const VARIABLES = {
  $ALERT_ID: '1234',
  $EVENT_TITLE: '[P2] [Triggered on {host:web-01}] Load is high',
  $ALERT_TRANSITION: 'Triggered',
  $ALERT_STATUS: 'system.load.1 over host:web-01 was > 4.0 on average during the last 5m.',
  $ALERT_METRIC: 'system.load.1',
  $ALERT_QUERY: 'avg(last_5m):avg:system.load.1{env:prod} by {host} > 4',
  $ALERT_SCOPE: 'host:web-01',
  $ALERT_PRIORITY: 'P2',
  $HOSTNAME: 'web-01',
  $TAGS: 'env:prod,host:web-01,monitor',
  $TEXT_ONLY_MSG: 'The load of web-01 is high. See the runbook.',
  $LINK: 'https://app.datadoghq.com/monitors/1234',
  $DATE: '1772356500000',
  $ORG_NAME: 'Example GmbH',
};
const body = (changes: Partial<typeof VARIABLES> = {}): Json =>
  JSON.parse(fillTemplate(PAYLOAD, { ...VARIABLES, ...changes })) as Json;
const load = { summary: 'Alert: Datadog system.load.1 host:web-01 (monitor 1234)', incident: 'load' };

export const datadogRecipe: Recipe = {
  id: 'datadog',
  name: 'Datadog',
  sentence: 'A ticket for each monitor and scope, closed when Datadog says Recovered.',
  endpoint: {
    name: 'Datadog',
    description: 'Monitor id and scope make the incident: titles change between Triggered and Recovered.',
    ticketing: {
      triggerField: '$.transition',
      openValues: ['Triggered', 'Re-Triggered', 'Warn', 'Re-Warn', 'No Data', 'Re-No Data', 'Renotify'],
      closeValues: ['Recovered'],
      mapping: { summary: 'Datadog $.metric $.scope (monitor $.alert_id)' },
      descriptionTemplate: [
        '{$.title}',
        '',
        '{$.status}',
        '{$.message}',
        '',
        'Query: {$.query}',
        'Tags: {$.tags}',
        'Link: {$.link}',
        'Request ID: {{ request_id }}',
      ].join('\n'),
      routingRules: [
        { path: '$.transition', pattern: '^(Re-)?(Warn|No Data)$', overrides: { severity: 'Medium' } },
        ...severityRules('$.priority', { high: '^P[12]$', medium: '^P3$', low: '^P[45]$' }),
      ],
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    { name: 'A monitor triggers', says: 'open', body: body(), alerts: [{ kind: 'open', severity: 'High', ...load }] },
    {
      name: 'It is told again',
      says: 'repeat',
      body: body({
        $ALERT_TRANSITION: 'Re-Triggered',
        $EVENT_TITLE: '[P2] [Re-Triggered on {host:web-01}] Load is high',
      }),
      alerts: [{ kind: 'open', severity: 'High', ...load }],
    },
    {
      name: 'It recovers: another title, the same incident',
      says: 'recovery',
      body: body({
        $ALERT_TRANSITION: 'Recovered',
        $EVENT_TITLE: '[P2] [Recovered on {host:web-01}] Load is high',
        $ALERT_STATUS: 'system.load.1 over host:web-01 was <= 4.0 on average during the last 5m.',
      }),
      alerts: [{ kind: 'close', severity: 'High', ...load }],
    },
    {
      name: 'The same monitor on another host warns, without a priority',
      says: 'open',
      body: body({ $ALERT_TRANSITION: 'Warn', $ALERT_SCOPE: 'host:web-02', $ALERT_PRIORITY: '' }),
      alerts: [
        {
          kind: 'open',
          summary: 'Alert: Datadog system.load.1 host:web-02 (monitor 1234)',
          incident: 'load-02',
          severity: 'Medium',
        },
      ],
    },
  ],
  setup: {
    proof: 'A bearer token in a custom header.',
    header: BEARER_HEADER,
    steps: [
      { text: 'In Datadog open Integrations, Webhooks, New; name it hookwise and paste the address.', paste: '{url}' },
      { text: 'Replace the payload; leave “Encode as form” off.', paste: PAYLOAD, language: 'json' },
      {
        text: 'Tick Custom Headers and paste them.',
        paste: '{ "Authorization": "Bearer {token}" }',
        language: 'json',
      },
      {
        text: 'Write @webhook-hookwise into the message of each monitor, outside of conditions such as {{#is_alert}}, so that recoveries are sent too.',
      },
      { text: 'A monitor’s priority (P1 to P5) becomes the ticket’s severity.' },
    ],
  },
};
