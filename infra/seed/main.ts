import { mkdirSync } from 'node:fs';
import { createCipher, parseEncryptionKey } from '../crypto/cipher.ts';
import { migrate } from '../database/migrate.ts';
import { createPool } from '../database/pool.ts';
import { environment } from '../stack/checkout.ts';
import { freePort } from '../stack/ports.ts';
import { databaseUrl, startPostgres } from '../stack/postgres.ts';
import { readSecrets } from '../stack/secrets.ts';
import { readSettings } from '../stack/settings.ts';
import { seed } from './seed.ts';
import { LARGE, SMALL } from './size.ts';

/** `npm run seed [-- --large] [--force]`: data to look at, in the database of `DATABASE_URL` or of the data folder, running or not. */
const KNOWN = ['--large', '--force'];
const words = process.argv.slice(2);
const say = (line: string) => console.log(line);

try {
  const unknown = words.find((word) => !KNOWN.includes(word));
  if (unknown !== undefined) throw new Error(`"${unknown}" is not known: use ${KNOWN.join(' and ')}.`);
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { config, dataDir, recordDir } = readSettings(environment);
  mkdirSync(dataDir, { recursive: true });
  const { ENCRYPTION_KEY } = readSecrets(dataDir, environment, say).environment;
  const postgres = config.DATABASE_URL === null ? await embedded(dataDir, recordDir, config.PG_PORT) : null;
  const url = config.DATABASE_URL ?? postgres?.url ?? '';
  try {
    await migrate(url, say);
    const pool = createPool(url, { name: 'seed', max: 2, statementTimeoutMs: 600_000 });
    const size = words.includes('--large') ? LARGE : SMALL;
    const began = Date.now();
    await seed(
      pool,
      createCipher(parseEncryptionKey(ENCRYPTION_KEY)),
      { size, now: new Date(), say },
      words.includes('--force'),
    );
    await pool.end();
    say(`Done in ${Math.round((Date.now() - began) / 1000)} s.`);
  } finally {
    await postgres?.stop();
  }
}

/** The data folder's Postgres: the running one, else one started for this. */
async function embedded(dataDir: string, recordDir: string, port: number) {
  const url = databaseUrl(dataDir, port);
  const probe = createPool(url, { name: 'seed', max: 1 });
  const isRunning = await probe.query('select 1').then(
    () => true,
    () => false,
  );
  await probe.end();
  if (isRunning) return { url, stop: async () => undefined };
  say('Starting the Postgres of the data folder.');
  return startPostgres({ dataDir, recordDir, port: await freePort(), say });
}
