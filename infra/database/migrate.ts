import { existsSync } from 'node:fs';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { checkServer } from './check-server.ts';
import { LOCKS, LOCK_SPACE } from './locks.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { ensurePartitions, PARTITION_DAYS_AHEAD } from './partitions.ts';
import { createPool } from './pool.ts';

const LOCK_WAIT_MS = 120_000;
const STATEMENT_MS = 600_000;

/**
 * Brings the database at `url` to the newest shape: our migrations, the daily partitions, then the sign-in tables. Safe
 * when several processes do it at once: one works, the others wait and find nothing to do. Throws `UnfitServerError` for a
 * server that is too old or not durable.
 */
export async function migrate(url: string, say: (line: string) => void = () => undefined): Promise<void> {
  const holder = new pg.Client({
    connectionString: url,
    application_name: 'hookwise-migrate',
    connectionTimeoutMillis: 3000,
    keepAlive: true,
  });
  holder.on('error', () => undefined);
  await holder.connect();
  try {
    await checkServer(holder);
    await holder.query(`set statement_timeout = ${LOCK_WAIT_MS}`);
    await holder.query('select pg_advisory_lock($1, $2)', [LOCK_SPACE, LOCKS.migrate]);
    await runMigrations(url, say);
    const days = await makePartitions(url);
    if (days > 0) say(`Made the partitions of ${days} days.`);
    await migrateSignIn(url, say);
  } finally {
    await holder.end();
  }
}

async function runMigrations(url: string, say: (line: string) => void): Promise<void> {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    debug: false,
    extensions: [Migrator],
    preferEnvVars: false,
    pool: { min: 0, max: 1 },
    driverOptions: { statement_timeout: STATEMENT_MS, connectionTimeoutMillis: 3000 },
    migrations: {
      migrationsList: [...MIGRATIONS],
      tableName: 'migration',
      snapshot: false,
      disableForeignKeys: false,
      silent: true,
      transactional: true,
      allOrNothing: false,
    },
  });
  try {
    orm.migrator.on('migrating', ({ name }) => say(`Migrating the database: ${name}.`));
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
}

async function makePartitions(url: string): Promise<number> {
  const pool = createPool(url, { name: 'migrate', max: 1 });
  try {
    return (await ensurePartitions(pool, PARTITION_DAYS_AHEAD, new Date())).length;
  } finally {
    await pool.end();
  }
}

async function migrateSignIn(url: string, say: (line: string) => void): Promise<void> {
  const file = new URL('../auth/migrate-auth.ts', import.meta.url);
  if (!existsSync(file)) return;
  say('Migrating the sign-in tables.');
  const { migrateAuth } = (await import(file.href)) as { migrateAuth: (url: string) => Promise<void> };
  await migrateAuth(url);
}
