import type { Queryable } from '../../../infra/database/pool.ts';

const MOST = 5;

/** Counts a try of this address before it is checked. false when there were five wrong ones within a minute. */
export async function claimTry(db: Queryable, address: string): Promise<boolean> {
  await db.query(`delete from password_try where since < now() - interval '1 minute'`);
  const { rows } = await db.query<{ tries: number }>(
    `insert into password_try as t (address, tries, since) values ($1, 1, now())
     on conflict (address) do update set tries = t.tries + 1 returning tries`,
    [address],
  );
  return (rows[0]?.tries ?? 1) <= MOST;
}

/** A good password takes its try off again, and only its own. */
export async function forgiveTry(db: Queryable, address: string): Promise<void> {
  await db.query('update password_try set tries = tries - 1 where address = $1 and tries > 0', [address]);
}
