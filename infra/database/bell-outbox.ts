import { inTransaction, type Pool, type Queryable } from './pool.ts';
import { raiseBells, type IncidentNews, type RaisedBell } from './raise-bells.ts';

const RAISED_TOGETHER = 500;

/**
 * Raises the bells of incidents that nobody holds, with what the outbox kept of them before; what concerns the others goes into
 * the outbox, in the caller's transaction. Waits for no step of an incident. Answers every incident's id by key, the bells that
 * were down before, and how many went into the outbox.
 */
export async function raiseOrKeep(
  tx: Queryable,
  news: readonly IncidentNews[],
): Promise<{ ids: Map<string, string>; raised: RaisedBell[]; kept: number }> {
  if (news.length === 0) return { ids: new Map(), raised: [], kept: 0 };
  const { rows } = await tx.query<{ id: string; key: string; isHeld: boolean; kept: IncidentNews[] | null }>({
    name: 'hold-free-incidents',
    text: `with free as materialized (select id from incident where key = any($1::text[]) for no key update skip locked),
                kept as (delete from bell_outbox o using free where o.incident_id = free.id returning o.id, o.incident_id, o.news)
           select i.id, i.key, free.id is null as "isHeld", k.news as kept
             from incident i left join free on free.id = i.id
             left join (select incident_id, jsonb_agg(news order by id) as news from kept group by 1) k on k.incident_id = i.id
            where i.key = any($1::text[]) and (free.id is null or k.news is not null)`,
    values: [news.map(({ key }) => key)],
  });
  const special = new Map(rows.map((row) => [row.key, row]));
  const held = news.filter(({ key }) => special.get(key)?.isHeld);
  const free = news.filter(({ key }) => !special.get(key)?.isHeld);
  const told = free.map((one) => joined([...(special.get(one.key)?.kept ?? []), one]));
  const { ids, raised } = await raiseBells(tx, told);
  for (const { key } of held) ids.set(key, special.get(key)?.id ?? '');
  if (held.length > 0)
    await tx.query(`insert into bell_outbox (incident_id, news) select * from unnest($1::uuid[], $2::jsonb[])`, [
      held.map(({ key }) => ids.get(key)),
      held.map((one) => JSON.stringify(one)),
    ]);
  return { ids, raised, kept: held.length };
}

/** Raises what the outbox keeps of incidents that nobody holds any more. `hasMore` while it keeps something still. */
export async function raiseKept(pool: Pool): Promise<{ raised: RaisedBell[]; hasMore: boolean }> {
  const raised = await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: number; news: IncidentNews }>(
      `with free as materialized (
         select id from incident where id in (select incident_id from bell_outbox order by id limit $1) for no key update skip locked
       )
       delete from bell_outbox o using free where o.incident_id = free.id returning o.id, o.news`,
      [RAISED_TOGETHER],
    );
    const byKey = Map.groupBy(
      rows.sort((a, b) => a.id - b.id),
      ({ news }) => news.key,
    );
    return (
      await raiseBells(
        tx,
        [...byKey.values()].map((kept) => joined(kept.map(({ news }) => news))),
      )
    ).raised;
  });
  const { rows } = await pool.query<{ hasMore: boolean }>('select exists (select from bell_outbox) as "hasMore"');
  return { raised, hasMore: rows[0]?.hasMore === true };
}

/** Several things said of one incident, oldest first, as one. */
function joined(news: readonly IncidentNews[]): IncidentNews {
  return news.reduce((older, newer) => ({
    ...newer,
    company: newer.company ?? older.company,
    priority: newer.priority ?? older.priority,
    alerts: older.alerts + newer.alerts,
    bell: older.bell || newer.bell,
  }));
}
