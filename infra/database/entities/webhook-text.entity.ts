import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Plan } from '../../../workflows/contracts/plan.ts';

export const WebhookText = defineEntity({
  name: 'WebhookText',
  tableName: 'webhook_text',
  properties: {
    id: p.uuid().primary(),
    body: p.text(),
    search: p.text(),
    plan: p.json<Plan>(),
    plannedAt: p.datetime().columnType('timestamptz').nullable().defaultRaw('clock_timestamp()'),
  },
});
export type WebhookTextEntity = InferEntity<typeof WebhookText>;
