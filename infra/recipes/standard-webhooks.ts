import type { Json } from '../../workflows/contracts/json.ts';
import type { Recipe } from './recipe.ts';
import { BEARER_HEADER } from './recipe.ts';

/** An event of Render, which follows the Standard Webhooks specification: `type`, `timestamp`, `data`. */
const body = (type: string, timestamp: string): Json => ({
  type,
  timestamp,
  data: { id: 'evt-cph1rs3idesc73a2b2mg', serviceId: 'srv-cukouhrtq21c73e9scng', serviceName: 'shop-api' },
});
const headers = (id: string, at: string) => ({
  'webhook-id': `evt-${id}`,
  'webhook-timestamp': String(Math.floor(Date.parse(at) / 1000)),
  'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
});
const at = { down: '2026-03-01T09:15:00.123456789Z', worse: '2026-03-01T09:16:00Z', up: '2026-03-01T09:21:30Z' };
const service = { summary: 'Alert: shop-api', incident: 'service' };

export const standardWebhooksRecipe: Recipe = {
  id: 'standard-webhooks',
  name: 'Standard Webhooks',
  sentence: 'For senders that follow the Standard Webhooks specification; the event type opens and closes.',
  endpoint: {
    name: 'Standard Webhooks',
    description:
      'The types are those of Render; put your sender’s in their place. webhook-id makes a repeat count once.',
    ticketing: {
      triggerField: '$.type',
      openValues: ['server_failed', 'server_hardware_failure', 'postgres_unavailable', 'key_value_unhealthy'],
      closeValues: ['server_available', 'postgres_available', 'key_value_available'],
      mapping: { summary: '$.data.serviceName|$.data.name|$.data.title|$.data.id' },
      descriptionTemplate: [
        'Event: {$.type}',
        'Time: {$.timestamp}',
        'Data: {$.data}',
        'Request ID: {{ request_id }}',
      ].join('\n'),
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'A service fails',
      says: 'open',
      headers: headers('1', at.down),
      body: body('server_failed', at.down),
      alerts: [{ kind: 'open', ...service }],
    },
    {
      name: 'It fails again',
      says: 'repeat',
      headers: headers('2', at.worse),
      body: body('server_failed', at.worse),
      alerts: [{ kind: 'open', ...service }],
    },
    {
      name: 'It is available again',
      says: 'recovery',
      headers: headers('3', at.up),
      body: body('server_available', at.up),
      alerts: [{ kind: 'close', ...service }],
    },
    {
      name: 'An event that says neither',
      says: 'other',
      headers: headers('4', at.up),
      body: body('deploy_started', at.up),
      alerts: [{ kind: 'other', skipped: 'trigger', ...service }],
    },
  ],
  setup: {
    proof:
      'A bearer token, where the sender can add a header; the signature in webhook-signature is not checked by this recipe.',
    header: BEARER_HEADER,
    steps: [
      { text: 'In the sender add a webhook endpoint with the address.', paste: '{url}' },
      {
        text: 'Add the header, if the sender allows headers of one’s own. Otherwise set the endpoint’s verification to the sender’s addresses.',
        paste: JSON.stringify({ verification: [{ type: 'ip', allow: ['203.0.113.0/24'] }] }),
        language: 'json',
      },
      {
        text: 'Choose the event types, and put those that mean “broken” into openValues and those that mean “well” into closeValues.',
      },
      { text: 'Look at a first event in history and change the summary’s path to the field that names the thing.' },
    ],
  },
};
