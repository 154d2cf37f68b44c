import pg from 'pg';
import { codeNoConnection } from './no-connection.ts';

const BIGINT = 20;
pg.types.setTypeParser(BIGINT, Number);

export type Pool = pg.Pool;
/** A connection inside a transaction, or the pool itself: whatever can run one statement. */
export type Queryable = Pick<pg.PoolClient, 'query'>;

export interface PoolOptions {
  name: string;
  max: number;
  statementTimeoutMs?: number;
  /** Statements with values are parsed once a connection. For processes whose texts are few. */
  prepared?: boolean;
  /** Webhooks, texts and alerts, which have the same partitions, are joined day by day: better for reading lists, dearer to plan. */
  joinsByDay?: boolean;
}

const MOST_PREPARED = 300;

/**
 * A pool with the time-outs that every connection must have. `max` connections; bigint columns are read as numbers. Statements
 * given at once to one connection are sent at once, and answered in order.
 * A connection that breaks fails the statements on it, never the process, even while it is lent out between two statements.
 */
export function createPool(url: string, options: PoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `hookwise-${options.name}`,
    max: options.max,
    connectionTimeoutMillis: 3000,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    pipeline: true,
  });
  codeNoConnection(pool);
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  if (options.joinsByDay)
    pool.on('connect', (client) => void client.query('set enable_partitionwise_join = on').catch(() => undefined));
  if (options.prepared) pool.on('connect', prepareAll());
  return pool;
}

/** Names every statement that comes as text and values, so that Postgres keeps it; a name means one text in the whole pool. */
function prepareAll(): (client: pg.PoolClient) => void {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST_PREPARED) return known;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };
  return (client) => {
    const send = client.query.bind(client) as (first: unknown, ...rest: unknown[]) => unknown;
    const query = (first: unknown, ...rest: unknown[]): unknown => {
      const [values, ...more] = rest;
      const name = typeof first === 'string' && Array.isArray(values) ? nameOf(first) : undefined;
      return name === undefined ? send(first, ...rest) : send({ name, text: first, values }, ...more);
    };
    client.query = query as typeof client.query;
  };
}

/** Runs `work` in one transaction: committed when it resolves, rolled back and rethrown when it throws. */
export async function inTransaction<T>(pool: Pool, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const begun = client.query('begin');
    begun.catch(() => undefined);
    const result = await work(client);
    await begun;
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error(String(cause));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
