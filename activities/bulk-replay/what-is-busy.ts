import type { Queryable } from '../../infra/database/pool.ts';

const DEEP_INBOX = 300;
const MANY_BELLS = 300;

/** Why a replay must wait for live traffic, in words for people; null where nothing waits. */
export async function whatIsBusy(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ inbox: number; bells: number }>(
    `select (select count(*) from (select from webhook where state = 'received' limit ${DEEP_INBOX}) w)::int as inbox,
            (select count(*) from (select from incident where bell and bell_refused is null limit ${MANY_BELLS}) i)::int as bells`,
  );
  const [depth] = rows;
  if ((depth?.inbox ?? 0) >= DEEP_INBOX) return `${DEEP_INBOX} or more webhooks wait to be planned.`;
  if ((depth?.bells ?? 0) >= MANY_BELLS) return `${MANY_BELLS} or more incidents wait for a worker.`;
  return null;
}
