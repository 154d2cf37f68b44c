import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import pg from 'pg';
import { checkServer } from '../../../infra/database/check-server.ts';
import { createMigration } from '../../../infra/database/create-migration.ts';
import { migrate } from '../../../infra/database/migrate.ts';
import { MIGRATIONS } from '../../../infra/database/migrations/index.ts';
import { createPool } from '../../../infra/database/pool.ts';
import { testDatabase } from '../../support/postgres.ts';

test('three processes that migrate an empty database at once leave it whole', async () => {
  const { url, drop } = await testDatabase();
  const empty = new URL(url);
  empty.pathname = `${empty.pathname}_empty`;
  const server = new pg.Client({ connectionString: url });
  await server.connect();
  await server.query(`create database ${empty.pathname.slice(1)}`);
  const said: string[] = [];
  await Promise.all([1, 2, 3].map(() => migrate(empty.href, (line) => said.push(line))));
  expect(said.filter((line) => line.includes('0001-spine'))).toHaveLength(1);
  const pool = createPool(empty.href, { name: 'test', max: 1 });
  const { rows } = await pool.query<{ name: string }>('select name from migration order by id');
  expect(rows.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name));
  const partitions = await pool.query(
    `select from pg_inherits where inhparent = any('{webhook,webhook_text,alert}'::regclass[])`,
  );
  expect(partitions.rowCount).toBe(30);
  await pool.end();
  await migrate(empty.href);
  await server.query(`drop database ${empty.pathname.slice(1)} with (force)`);
  await server.end();
  await drop();
});

test('a server that may lose commits, or is too old, is refused with every fault named', async () => {
  const answering = (settings: Record<string, string>) => ({
    query: async () => ({ rows: Object.entries(settings).map(([name, setting]) => ({ name, setting })) }),
  });
  const good = {
    server_version: '18.4',
    server_version_num: '180004',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
  };
  await expect(checkServer(answering(good) as never)).resolves.toBeUndefined();
  const bad = {
    ...good,
    server_version: '14.9',
    server_version_num: '140009',
    fsync: 'off',
    synchronous_commit: 'off',
  };
  const fault = await checkServer(answering(bad) as never).catch((error: Error) => error.message);
  expect(fault).toContain('Postgres 14.9 is too old');
  expect(fault).toContain('fsync is off');
  expect(fault).toContain('synchronous_commit is off');
  expect(fault).not.toContain('full_page_writes');
});

test('migrating refuses a database that does not flush its commits', async () => {
  const { url, drop } = await testDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`);
  await client.end();
  await expect(migrate(url)).rejects.toThrow('synchronous_commit is off');
  await drop();
});

test('a new migration gets the next number and stands in the list', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookwise-migrations-'));
  cpSync(fileURLToPath(new URL('../../../infra/database/migrations', import.meta.url)), folder, { recursive: true });
  const next = String(MIGRATIONS.length + 1).padStart(4, '0');
  expect(createMigration('add-colour', folder)).toContain(`${next}-add-colour.ts`);
  const after = String(MIGRATIONS.length + 2).padStart(4, '0');
  createMigration('add-2nd-shade', folder);
  const list = readFileSync(join(folder, 'index.ts'), 'utf8');
  expect(list).toContain(
    `import { Migration${next}AddColour } from './${next}-add-colour.ts';\nimport { Migration${after}Add2ndShade }`,
  );
  expect(list).toContain(
    `  { name: '${next}-add-colour', class: Migration${next}AddColour },\n  { name: '${after}-add-2nd-shade', class`,
  );
  expect(readFileSync(join(folder, `${next}-add-colour.ts`), 'utf8')).toContain(
    `export class Migration${next}AddColour extends Migration`,
  );
  expect(() => createMigration('add-colour', folder)).toThrow('already');
  expect(() => createMigration('Bad Name', folder)).toThrow('lower case');
  rmSync(folder, { recursive: true });
});
