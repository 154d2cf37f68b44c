import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Where a watched endpoint stood at its last look. `isOpen`: its silence was told and no webhook has ended it since. */
export const Heartbeat = defineEntity({
  name: 'Heartbeat',
  tableName: 'heartbeat',
  properties: {
    endpointId: p.uuid().primary(),
    isOn: p.boolean().default(false),
    settings: p.json().defaultRaw(`'{}'`),
    version: p.integer().default(0),
    since: p.datetime().columnType('timestamptz'),
    lastSeenAt: p.datetime().columnType('timestamptz').nullable(),
    phase: p.enum(['waiting', 'overdue', 'quiet', 'blind', 'off']).columnType('text').default('off'),
    deadlineAt: p.datetime().columnType('timestamptz').nullable(),
    wakesAt: p.datetime().columnType('timestamptz').nullable(),
    toldBaseAt: p.datetime().columnType('timestamptz').nullable(),
    toldFromAt: p.datetime().columnType('timestamptz').nullable(),
    toldAt: p.datetime().columnType('timestamptz').nullable(),
    toldCount: p.integer().default(0),
    isOpen: p.boolean().default(false),
    reason: p.text().nullable(),
    lookedAt: p.datetime().columnType('timestamptz'),
  },
});
export type HeartbeatEntity = InferEntity<typeof Heartbeat>;
