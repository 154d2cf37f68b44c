import { readConfig } from '../config/index.ts';
import { createMigration } from './create-migration.ts';
import { migrate } from './migrate.ts';

const [word, name] = process.argv.slice(2);
try {
  if (word === 'create') console.log(createMigration(name ?? ''));
  else if (word === undefined) await migrateNow();
  else throw new Error(`"${word}" is not known: use "migrate", or "migrate create <name>".`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function migrateNow(): Promise<void> {
  const { DATABASE_URL } = readConfig();
  if (DATABASE_URL === null) throw new Error('DATABASE_URL is not set: there is no database to migrate.');
  await migrate(DATABASE_URL, (line) => console.log(line));
  console.log('The database is up to date.');
}
