import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    id: p.uuid().primary(),
    at: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    actor: p.text(),
    action: p.text(),
    entity: p.text(),
    entityId: p.text(),
    before: p.json<unknown>().nullable(),
    after: p.json<unknown>().nullable(),
    sourceIp: p.text().nullable(),
  },
});
export type AuditEntryEntity = InferEntity<typeof AuditEntry>;
