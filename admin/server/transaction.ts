import type { PoolClient } from 'pg';
import { inTransaction } from '../../infra/database/pool.ts';
import { writeAudit, type AuditLine } from './audit.ts';
import type { VerbContext } from './verb.ts';

/** A verb's transaction: the connection, and `audit`, whose row commits or rolls back with the change it tells of. */
export interface Change {
  tx: PoolClient;
  audit(line: AuditLine): Promise<void>;
}

export function changing<T>(context: VerbContext, work: (change: Change) => Promise<T>): Promise<T> {
  return inTransaction(context.pool, (tx) => work({ tx, audit: (line) => writeAudit(tx, context.actor, line) }));
}
