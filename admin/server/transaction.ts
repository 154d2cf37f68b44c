import type { EntityManager } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { OrmHolder } from '../../infra/database/orm.ts';
import { inTransaction } from '../../infra/database/pool.ts';
import { actorLabel, writeAudit, type AuditLine } from './audit.ts';
import type { VerbContext } from './verb.ts';

/** A verb's transaction: the connection, and `audit`, whose row commits or rolls back with the change it tells of. */
export interface Change {
  tx: PoolClient;
  audit(line: AuditLine): Promise<void>;
}

export function changing<T>(context: VerbContext, work: (change: Change) => Promise<T>): Promise<T> {
  return inTransaction(context.pool, (tx) => work({ tx, audit: (line) => writeAudit(tx, context.actor, line) }));
}

/** The same over entities: what `work` loads and makes is flushed when it resolves. */
export interface EntityChange {
  em: EntityManager;
  entities: OrmHolder['entities'];
  audit(line: AuditLine): void;
}

export async function changingEntities<T>(
  context: VerbContext,
  work: (change: EntityChange) => Promise<T>,
): Promise<T> {
  const { orm, entities } = await context.orm();
  return orm.em.fork().transactional(async (em) => {
    const audit = ({ before, after, ...line }: AuditLine): void => {
      const { actor } = context;
      em.create(entities.AuditEntry, {
        id: uuidv7(),
        actor: actorLabel(actor),
        ...line,
        before: before ?? null,
        after: after ?? null,
        sourceIp: actor.sourceIp,
      });
    };
    const result = await work({ em, entities, audit });
    await em.flush();
    return result;
  });
}
