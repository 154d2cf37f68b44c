import type pg from 'pg';
import type { Pool } from '../infra/database/pool.ts';

/** Postgres did not answer in time. Whether the statement took effect is not known. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/**
 * Runs `work` on a connection of the pool and gives up after `ms`, connecting included: a server that hangs sends nothing, so no time-out
 * of its own can be relied on. The connection is then thrown away, as it always is with `isFresh`, so that none is ever taken up again.
 */
export async function withinDeadline<T>(
  pool: Pool,
  ms: number,
  work: (client: pg.PoolClient) => Promise<T>,
  isFresh = false,
): Promise<T> {
  const client = await pool.connect();
  let timer: NodeJS.Timeout | undefined;
  let isSpent = isFresh;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isSpent = true;
      reject(new NoAnswerError(`Postgres did not answer within ${ms} ms.`));
    }, ms);
  });
  try {
    const running = work(client);
    running.catch(() => undefined);
    return await Promise.race([running, deadline]);
  } finally {
    clearTimeout(timer);
    client.release(isSpent);
  }
}
