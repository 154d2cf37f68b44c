import { APIError } from 'better-auth/api';
import type pg from 'pg';

/** Throws where the person is disabled: no way of signing in makes a session for them. */
export async function refuseDisabled(pool: pg.Pool, userId: string): Promise<void> {
  const found = await pool.query<{ disabled: boolean | null }>('select disabled from "user" where id = $1', [userId]);
  if (found.rows[0]?.disabled !== true) return;
  throw new APIError('FORBIDDEN', { code: 'DISABLED', message: 'This account is disabled. Ask an administrator.' });
}
