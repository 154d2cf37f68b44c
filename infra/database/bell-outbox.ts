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
  const held = new Map(rows.filter(({ isHeld }) => isHeld).map(({ key, id }) => [key, id]));
  const before = new Map(rows.map(({ key, kept }) => [key, kept ?? []]));
  const free = news.filter(({ key }) => !held.has(key));
  const { ids, raised } = await raiseBells(
    tx,
    free.map((one) => joined([...(before.get(one.key) ?? []), one])),
  );
  for (const [key, id] of held) ids.set(key, id);
  const later = news.filter(({ key }) => held.has(key));
  if (later.length > 0)
    await tx.query(`insert into bell_outbox (incident_id, news) select * from unnest($1::uuid[], $2::jsonb[])`, [
      later.map(({ key }) => held.get(key)),
      later.map((one) => JSON.stringify(one)),
    ]);
  return { ids, raised, kept: later.length };
}

/** Raises what the outbox keeps of incidents that nobody holds any more. `hasMore` while it keeps something still. */
export async function raiseKept(pool: Pool): Promise<{ raised: RaisedBell[]; hasMore: boolean }> {
  if (!(await keepsSome(pool))) return { raised: [], hasMore: false };
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
    const told = [...byKey.values()].map((kept) => joined(kept.map(({ news }) => news)));
    return (await raiseBells(tx, told)).raised;
  });
  return { raised, hasMore: await keepsSome(pool) };
}

async function keepsSome(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ some: boolean }>('select exists (select from bell_outbox) as some');
  return rows[0]?.some === true;
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
