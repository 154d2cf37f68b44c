import type { Json } from '../../workflows/contracts/json.ts';
import { fillTemplate } from './fill-template.ts';
import type { Recipe } from './recipe.ts';
import { BEARER_HEADER } from './recipe.ts';

/** Without $JSON and $CODE: with them anybody who reads the ticket could ping the check. */
const BODY = [
  '{',
  '  "status": "$STATUS",',
  '  "name": $NAME_JSON,',
  '  "tags": "$TAGS",',
  '  "exit_status": "$EXITSTATUS",',
  '  "now": "$NOW",',
  '  "message": "The check is $STATUS since $NOW. Exit status of the last run: $EXITSTATUS."',
  '}',
].join('\n');

const VARIABLES = {
  $STATUS: 'down',
  $NAME_JSON: JSON.stringify('Nightly "full" backup'),
  $TAGS: 'prod backup',
  $EXITSTATUS: '-1',
  $NOW: '2026-03-01T04:30:00+00:00',
};
const body = (changes: Partial<typeof VARIABLES> = {}): Json =>
  JSON.parse(fillTemplate(BODY, { ...VARIABLES, ...changes })) as Json;
const backup = { summary: 'Alert: Nightly "full" backup', incident: 'backup', severity: 'High' } as const;

export const healthchecksRecipe: Recipe = {
  id: 'healthchecks',
  name: 'Healthchecks',
  sentence: 'A ticket while a check of Healthchecks.io (or one’s own Healthchecks) is down.',
  endpoint: {
    name: 'Healthchecks',
    description: 'The name of the check makes the incident: give each check a name of its own.',
    ticketing: {
      triggerField: '$.status',
      openValues: ['down'],
      closeValues: ['up'],
      mapping: { summary: '$.name' },
      routingRules: [
        { path: '$.tags', pattern: '(^| )(prod|production|critical)( |$)', overrides: { severity: 'High' } },
        { path: '$.tags', pattern: '(^| )(dev|test|staging)( |$)', overrides: { severity: 'Low' } },
      ],
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    { name: 'A check goes down', says: 'open', body: body(), alerts: [{ kind: 'open', ...backup }] },
    {
      name: 'The same is posted again after a lost answer',
      says: 'repeat',
      body: body({ $NOW: '2026-03-01T04:30:12+00:00' }),
      alerts: [{ kind: 'open', ...backup }],
    },
    {
      name: 'It is up again',
      says: 'recovery',
      body: body({ $STATUS: 'up', $EXITSTATUS: '0', $NOW: '2026-03-01T05:02:41+00:00' }),
      alerts: [{ kind: 'close', ...backup }],
    },
  ],
  setup: {
    proof: 'A bearer token in a request header.',
    header: BEARER_HEADER,
    steps: [
      { text: 'In Healthchecks open the project’s Integrations and add a Webhook.' },
      { text: 'For “down” and for “up” alike choose POST and paste the address.', paste: '{url}' },
      { text: 'Paste the request body, the same on both sides.', paste: BODY, language: 'json' },
      {
        text: 'Paste the request headers, the same on both sides.',
        paste: 'Content-Type: application/json\nAuthorization: Bearer {token}',
        language: 'text',
      },
      { text: 'Assign the integration to the checks. A tag prod or critical makes the ticket severe.' },
    ],
  },
};
