import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import { uptimeKumaRecipe } from '../recipes/uptime-kuma.ts';

/** Of 25 endpoints: one whose webhooks are held all day now, and one with a patch night; of five, one that is watched for silence. */
const OF = 25;
const [PATCHED, WATCHED] = [9, 5];
export const HELD = 2;

/** Whether what an endpoint of this place receives now is held. */
export const isHeldNow = (position: number): boolean => position % OF === HELD;

/** Whether silence of an endpoint of this place is told. */
export const isWatched = (position: number): boolean => position % WATCHED === 1;

export const WATCHED_MINUTES = 1_440;

/** An endpoint for Uptime Kuma as its recipe makes it, at its place in the list. */
export function seedEndpoint(name: string, position: number): EndpointConfig {
  return {
    name,
    description: 'Made by npm run seed.',
    enabled: true,
    draft: false,
    pinned: position < 3,
    position,
    ticketing: {
      enabled: true,
      triggerField: 'heartbeat.status',
      openValues: ['0'],
      closeValues: ['1'],
      otherValues: 'skip',
      splitPath: null,
      summaryPrefix: null,
      summaryRemove: [],
      descriptionTemplate: null,
      companyId: null,
      board: null,
      status: null,
      closeStatus: null,
      type: null,
      subtype: null,
      item: null,
      priority: null,
      severity: null,
      impact: null,
      mapping: {},
      routingRules: [],
      ...uptimeKumaRecipe.endpoint.ticketing,
      tenantMap: true,
      closePolicy: 'always',
      noteVisibility: 'internal',
      noteIntervalSeconds: 30,
      closeDelaySeconds: 0,
      reopenWindowSeconds: 0,
    },
    analysis: { enabled: false, instructions: '' },
    heartbeat: { enabled: isWatched(position), timeoutMinutes: WATCHED_MINUTES },
    maintenance: windowsOf(position),
    verification: [{ type: 'bearer', secretId: 'bearer' }],
    destinations: [],
  };
}

function windowsOf(position: number): EndpointConfig['maintenance'] {
  if (isHeldNow(position))
    return [
      { type: 'daily', start: '00:00', end: '12:00', timezone: 'UTC', policy: 'hold' },
      { type: 'daily', start: '12:00', end: '00:00', timezone: 'UTC', policy: 'hold' },
    ];
  if (position % OF === PATCHED)
    return [{ type: 'weekly', days: ['Sun'], start: '01:00', end: '05:00', timezone: 'Europe/Vienna', policy: 'skip' }];
  return [];
}
