import pg from 'pg';

const BIGINT = 20;
pg.types.setTypeParser(BIGINT, Number);

export type Pool = pg.Pool;
/** A connection inside a transaction, or the pool itself: whatever can run one statement. */
export type Queryable = Pick<pg.PoolClient, 'query'>;

export interface PoolOptions {
  name: string;
  max: number;
  statementTimeoutMs?: number;
  /** Statements given at once to one connection are sent at once, and answered in order. */
  pipeline?: boolean;
}

/**
 * A pool with the time-outs that every connection must have. `max` connections; bigint columns are read as numbers.
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
    pipeline: options.pipeline ?? false,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Runs `work` in one transaction: committed when it resolves, rolled back and rethrown when it throws. */
export async function inTransaction<T>(pool: Pool, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
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
