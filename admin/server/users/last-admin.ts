import type { PoolClient } from 'pg';
import { conflict } from '../errors.ts';

/**
 * Holds every administrator against other changes until the transaction ends. What it answers, asked after the change, throws
 * `conflict` where nobody is left who can manage access: an administrator who is not disabled and not limited to a company.
 */
export async function holdAdministrators(tx: PoolClient): Promise<() => Promise<void>> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('hookwise administrators'))`);
  return async () => {
    const left = await tx.query(
      `select from auth."user" where role = 'admin' and disabled is not true and company is null limit 1`,
    );
    if (left.rowCount === 0) throw conflict('This is the last administrator: make another one first.');
  };
}
