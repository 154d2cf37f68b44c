import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A stretch of time in which one ingress process was able to accept without a break. */
export const ProcessBeat = defineEntity({
  name: 'ProcessBeat',
  tableName: 'process_beat',
  properties: {
    id: p.uuid().primary(),
    process: p.text(),
    beganAt: p.datetime().columnType('timestamptz'),
    beatAt: p.datetime().columnType('timestamptz'),
  },
});
export type ProcessBeatEntity = InferEntity<typeof ProcessBeat>;
