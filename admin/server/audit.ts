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

/** How an actor is named in the audit and in saved versions. */
export function actorLabel(actor: Actor): string {
  return actor.via === 'session' || actor.via === 'basic'
    ? actor.name
    : `${actor.via === 'api-key' ? 'API key' : 'system'}: ${actor.name}`;
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
