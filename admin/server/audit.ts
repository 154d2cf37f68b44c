import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '../../infra/database/pool.ts';
import type { Actor } from './actor.ts';
import type { AuditKind } from './audit-log/kinds.ts';

/** What was done to what; `before` and `after` hold no secrets. */
export interface AuditLine {
  action: string;
  entity: AuditKind;
  entityId: string;
  before?: unknown;
  after?: unknown;
}

export async function writeAudit(tx: Queryable, actor: Actor, line: AuditLine): Promise<void> {
  await tx.query(
    `insert into audit_entry (id, actor, action, entity, entity_id, before, after, source_ip) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      uuidv7(),
      actorLabel(actor),
      line.action,
      line.entity,
      line.entityId,
      jsonOrNull(line.before),
      jsonOrNull(line.after),
      actor.sourceIp,
    ],
  );
}

/** Many lines by one statement, in their order. */
export async function writeAuditLines(tx: Queryable, actor: Actor, lines: readonly AuditLine[]): Promise<void> {
  const rows = lines.map((line) => ({ id: uuidv7(), ...line, before: line.before ?? null, after: line.after ?? null }));
  await tx.query(
    `insert into audit_entry (id, actor, action, entity, entity_id, before, after, source_ip)
     select id, $2, action, entity, "entityId", nullif(before, 'null'), nullif(after, 'null'), $3
       from jsonb_to_recordset($1::jsonb) as line (id uuid, action text, entity text, "entityId" text, before jsonb, after jsonb)`,
    [JSON.stringify(rows), actorLabel(actor), actor.sourceIp],
  );
}

/** How an actor is named in the audit and in saved versions. */
export function actorLabel(actor: Actor): string {
  return actor.via === 'session' || actor.via === 'basic'
    ? actor.name
    : `${actor.via === 'api-key' ? 'API key' : 'system'}: ${actor.name}`;
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
