import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { askServer, fieldOf } from './ask-servers.ts';

const TEMPLATE = 'hookwise_template';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A database of one's own, cloned from the migrated template on the run's shared Postgres. Drop it in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = fieldOf(await askServer('postgres'), 'url');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${name} template ${TEMPLATE}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(server, `drop database if exists ${name} with (force)`) };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
