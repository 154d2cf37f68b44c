import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext } from '../../../admin/server/context.ts';
import { measured, reportTable } from '../../../infra/bench/measured.ts';
import { readConfig } from '../../../infra/config/index.ts';
import { createCipher, parseEncryptionKey } from '../../../infra/crypto/cipher.ts';
import { createPool } from '../../../infra/database/pool.ts';
import { seed } from '../../../infra/seed/seed.ts';
import { LARGE } from '../../../infra/seed/size.ts';
import { databaseUrl } from '../../../infra/stack/postgres.ts';
import { readSecrets } from '../../../infra/stack/secrets.ts';
import { findChromium } from '../browser.ts';
import { startRunningStack } from '../running-stack.ts';
import { measureHistory } from './measure-history.ts';
import { measureOverview } from './measure-overview.ts';

/**
 * `node infra/stack/run.mjs tests/support/large/main.ts [words of a filter's name]`: starts the product over 1,000,000
 * webhooks, 10,000 incidents and 500 endpoints and measures each filter of history and the overview. The data stays where
 * HOOKWISE_LARGE_DIR names a folder, and is used again; else it is removed.
 */
const ACCOUNT = { email: 'admin@hookwise.local', password: 'correct horse battery' };
const kept = process.env['HOOKWISE_LARGE_DIR'];
const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'hookwise-large-'));
const word = process.argv[2] ?? '';
const stack = await startRunningStack({ dataDir });
const environment = {
  ...stack.stack.environment,
  ...readSecrets(dataDir, {}, () => undefined).environment,
  DATABASE_URL: databaseUrl(dataDir, Number(stack.stack.environment['PG_PORT'])),
  TEMPORAL_ADDRESS: '127.0.0.1:1',
};
try {
  const lines = [];
  const known = await stack.pool.query('select from webhook limit 1');
  if (known.rowCount === 0) {
    const pool = createPool(environment.DATABASE_URL, { name: 'seed', max: 2, statementTimeoutMs: 600_000 });
    const began = Date.now();
    const cipher = createCipher(parseEncryptionKey(environment.ENCRYPTION_KEY));
    await seed(pool, cipher, { size: LARGE, now: new Date(), say: (line) => console.log(line) }, true);
    await pool.end();
    lines.push(measured('npm run seed -- --large', (Date.now() - began) / 1000, 's'));
  }
  const context = createContext(readConfig(environment));
  const actor = { via: 'system', id: 'bench', name: 'bench', role: 'admin', company: null, sourceIp: null } as const;
  lines.push(...(await measureHistory({ ...context, actor }, word)));
  await context.close();
  if (word === '' && findChromium() !== null) lines.push(...(await measureOverview(stack.adminOrigin, ACCOUNT)));
  console.log(reportTable(lines));
  process.exitCode = lines.every(({ isMet }) => isMet !== false) ? 0 : 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stack.pool.end();
  if (kept === undefined) await stack.clean();
  else await stack.stack.end();
}
