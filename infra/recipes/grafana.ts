import type { SampleAlert } from './alert-bodies.ts';
import { grafanaBody } from './alert-bodies.ts';
import type { Recipe } from './recipe.ts';
import { BEARER_HEADER, severityRules } from './recipe.ts';

const memory = (zone: string, fingerprint: string, status: SampleAlert['status']): SampleAlert => ({
  status,
  labels: {
    alertname: 'High memory usage',
    grafana_folder: 'Infrastructure',
    severity: 'critical',
    team: 'blue',
    zone,
  },
  annotations: {
    description: 'The system has high memory usage',
    runbook_url: 'https://runbooks.example.com/memory',
    summary: `Memory ${status === 'firing' ? 'above 90 %' : 'back below 90 %'} in zone ${zone}`,
  },
  fingerprint,
});
const us = (status: SampleAlert['status']) => memory('us-1', 'c6eadffa33fcdf37', status);
const eu = (status: SampleAlert['status']) => memory('eu-1', 'bc97ff14869b13e3', status);
const usAlert = {
  summary: 'Alert: High memory usage us-1 [c6eadffa33fcdf37]',
  incident: 'us',
  severity: 'High',
} as const;
const euAlert = {
  summary: 'Alert: High memory usage eu-1 [bc97ff14869b13e3]',
  incident: 'eu',
  severity: 'High',
} as const;

/** Labels that name what an alert is about, best first. */
export const SUBJECT_LABELS =
  '$.labels.instance|$.labels.host|$.labels.hostname|$.labels.pod|$.labels.service|$.labels.zone';

/** For Grafana and Alertmanager alike: the texts may change between alert and recovery, the labels never do. */
export const ALERT_SUMMARY = `$.labels.alertname ${SUBJECT_LABELS} [$.fingerprint]`;

/** A label that names the customer by the company's identifier. */
export const ALERT_CUSTOMER = '$.labels.cw_id|$.labels.CW_ID';

export const ALERT_SEVERITIES = severityRules('$.labels.severity|$.labels.priority', {
  high: '^(critical|high|page|emergency|p1|p2)$',
  medium: '^(warning|warn|medium|error|p3)$',
  low: '^(info|informational|low|none|p4|p5)$',
});

export const grafanaRecipe: Recipe = {
  id: 'grafana',
  name: 'Grafana',
  sentence: 'Each alert of a group has an incident of its own, however Grafana groups them.',
  endpoint: {
    name: 'Grafana',
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
        'Values: {$.values}',
        'Since: {$.startsAt}',
        'Runbook: {$.annotations.runbook_url}',
        'Rule: {$.generatorURL}',
        'Silence: {$.silenceURL}',
        'Contact point: {$root.receiver}',
        'Request ID: {{ request_id }}',
      ].join('\n'),
      routingRules: ALERT_SEVERITIES,
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'Two alerts of one rule fire, in one body',
      says: 'open',
      body: grafanaBody([us('firing'), eu('firing')]),
      alerts: [
        { kind: 'open', ...usAlert },
        { kind: 'open', ...euAlert },
      ],
    },
    {
      name: 'One is over, the other still fires',
      says: 'repeat',
      body: grafanaBody([us('resolved'), eu('firing')]),
      alerts: [
        { kind: 'close', ...usAlert },
        { kind: 'open', ...euAlert },
      ],
    },
    {
      name: 'The other is over too, with other words in its summary',
      says: 'recovery',
      body: grafanaBody([eu('resolved')]),
      alerts: [{ kind: 'close', ...euAlert }],
    },
  ],
  setup: {
    proof: 'A bearer token in the Authorization header that Grafana sends.',
    header: BEARER_HEADER,
    steps: [
      { text: 'In Grafana open Alerting, Contact points, Add contact point; integration Webhook.' },
      { text: 'Paste the address as URL; the method is POST.', paste: '{url}' },
      {
        text: 'Under Optional settings set the scheme of the Authentication (or Authorization) Header to Bearer and paste the token as its credentials.',
        paste: '{token}',
      },
      {
        text: 'Leave “Disable resolved message” off: without it no ticket is closed. Leave the custom payload empty and Max Alerts at 0.',
      },
      { text: 'Choose the contact point in the default notification policy, or in the policies it is for.' },
      {
        text: 'A label severity (critical, warning, info) on a rule becomes the ticket’s severity; a label cw_id with a company’s identifier names the customer.',
      },
    ],
  },
};
