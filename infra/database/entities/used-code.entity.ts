import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A code of a second factor that was given: it counts once. `digest` is over the person and the code. */
export const UsedCode = defineEntity({
  name: 'UsedCode',
  tableName: 'used_code',
  properties: {
    digest: p.blob().primary(),
    usedUntil: p.datetime().columnType('timestamptz'),
  },
});
export type UsedCodeEntity = InferEntity<typeof UsedCode>;
