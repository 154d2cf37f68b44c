import type { Pool } from 'pg';

/** SQLSTATE of a client that cannot get its connection. */
const NO_CONNECTION = '08001';

/**
 * A pool whose connections all are lent out, or whose server does not answer in time, fails with an error that has no code. It
 * gets the SQLSTATE by which it can be told from a fault of ours. No statement ran.
 */
export function codeNoConnection(pool: Pool): void {
  const connect = pool.connect.bind(pool);
  const coded = (error: Error): Error => ('code' in error ? error : Object.assign(error, { code: NO_CONNECTION }));
  const connectCoded = (done?: Parameters<typeof connect>[0]): unknown =>
    done === undefined
      ? connect().catch((error: unknown) => {
          throw error instanceof Error ? coded(error) : error;
        })
      : connect((error, ...rest) => done(error && coded(error), ...rest));
  pool.connect = connectCoded as typeof pool.connect;
}
