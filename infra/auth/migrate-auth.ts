import { getMigrations } from 'better-auth/db/migration';
import { authOptions, createAuthPool } from './auth-options.ts';

const LOCK = 4_707_001;

/** Makes the schema `auth` and better-auth's tables in it. Safe when several processes do it at once; changes nothing when done. */
export async function migrateAuth(databaseUrl: string): Promise<void> {
  const pool = createAuthPool(databaseUrl, 2);
  const guard = await pool.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [LOCK]);
    await guard.query('create schema if not exists auth');
    const options = authOptions(
      {
        databaseUrl,
        baseUrl: 'http://localhost',
        secret: 'used by no session, only by migrations',
        record: () => Promise.resolve(),
        newcomerRole: null,
      },
      pool,
    );
    const { runMigrations } = await getMigrations(options);
    await runMigrations();
  } finally {
    guard.release(true);
    await pool.end();
  }
}
