import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Whether the workflows that Postgres wants are those that Temporal lists, by kind, as last compared. */
export const AgreementCheck = defineEntity({
  name: 'AgreementCheck',
  tableName: 'agreement_check',
  properties: {
    kind: p.enum(['incident', 'heartbeat', 'gate']).columnType('text').primary(),
    wanted: p.integer(),
    running: p.integer(),
    missing: p.integer(),
    stray: p.integer(),
    missingExamples: p.json<string[]>(),
    strayExamples: p.json<string[]>(),
    checkedAt: p.datetime().columnType('timestamptz'),
  },
});
export type AgreementCheckEntity = InferEntity<typeof AgreementCheck>;
