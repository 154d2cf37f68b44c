import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import { uptimeKumaRecipe } from '../recipes/uptime-kuma.ts';

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
    heartbeat: { enabled: false, timeoutMinutes: 1440 },
    maintenance: [],
    verification: [{ type: 'bearer', secretId: 'bearer' }],
    destinations: [],
  };
}
