import type { Recipe } from './recipe.ts';
import { BEARER_HEADER, severityRules } from './recipe.ts';

const OPEN = ['CRITICAL', 'WARNING', 'ERROR', 'DOWN', 'FAILED', 'PROBLEM', 'ALERT', 'FIRING'];
const CLOSE = ['OK', 'RESOLVED', 'UP', 'RECOVERED', 'NORMAL', 'CLEARED'];
const inBothCases = (words: string[]) => [...words, ...words.map((word) => word.toLowerCase())];

const disk = { host: 'srv-db-01', name: 'Disk space /var' };

export const genericStatusRecipe: Recipe = {
  id: 'generic-status',
  name: 'Generic status',
  sentence: 'For scripts and tools that post a status word such as CRITICAL or OK.',
  endpoint: {
    name: 'Generic status',
    description: 'The status stands in status_text, status or state; host and name make the incident.',
    ticketing: {
      triggerField: '$.status_text|$.status|$.state',
      openValues: inBothCases(OPEN),
      closeValues: inBothCases(CLOSE),
      mapping: { summary: '$.host $.title|$.name|$.service|$.check' },
      routingRules: severityRules('$.severity|$.status_text|$.status|$.state', {
        high: '^(critical|high|emergency|fatal|down)$',
        medium: '^(warning|medium|error|failed|problem)$',
        low: '^(low|info|informational|minor)$',
      }),
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'A check is critical',
      says: 'open',
      body: { status_text: 'CRITICAL', ...disk, message: '97 % used, 1.2 GB left' },
      alerts: [{ kind: 'open', summary: 'Alert: srv-db-01 Disk space /var', incident: 'disk', severity: 'High' }],
    },
    {
      name: 'It gets better, but is not well',
      says: 'repeat',
      body: { status_text: 'WARNING', ...disk, message: '88 % used' },
      alerts: [{ kind: 'open', summary: 'Alert: srv-db-01 Disk space /var', incident: 'disk', severity: 'Medium' }],
    },
    {
      name: 'It is well again',
      says: 'recovery',
      body: { status_text: 'OK', ...disk, message: '41 % used' },
      alerts: [{ kind: 'close', summary: 'Alert: srv-db-01 Disk space /var', incident: 'disk' }],
    },
    {
      name: 'Another tool: status in small letters, no host',
      says: 'open',
      body: { status: 'down', service: 'Payment gateway', message: 'HTTP 503' },
      alerts: [{ kind: 'open', summary: 'Alert: Payment gateway', incident: 'payment', severity: 'High' }],
    },
    {
      name: 'A word that is in neither list',
      says: 'other',
      body: { status: 'acknowledged', service: 'Payment gateway', message: 'seen' },
      alerts: [{ kind: 'other', summary: 'Alert: Payment gateway', incident: 'payment', skipped: 'trigger' }],
    },
  ],
  setup: {
    proof: 'A bearer token in a header that the sender adds.',
    header: BEARER_HEADER,
    steps: [
      {
        text: 'Let the script post JSON when the state changes, with the same host and name each time.',
        paste: [
          "curl -X POST '{url}' \\",
          "  -H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' \\",
          `  -d '${JSON.stringify({ status_text: 'CRITICAL', ...disk, message: '97 % used' })}'`,
        ].join('\n'),
        language: 'bash',
      },
      { text: 'Change openValues and closeValues to the sender’s own words: they are compared exactly.' },
    ],
  },
};
