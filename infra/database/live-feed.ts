import type { Queryable } from './pool.ts';

export const LIVE_CHANNEL = 'hookwise_live';
export const LIVE_TOPICS = ['webhook', 'alert', 'incident'] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];

/** Rows of one change that are named; the others are in its count. */
export const MOST_NAMED = 20;
const KEPT = '1 hour';

/** Where a reader stands, as text: transaction and number of the last change it was told of. */
export type LivePlace = string;

/** One change: `ids` are webhooks, or lines of the timeline where the topic is `incident`; the newest first, at most `MOST_NAMED`. */
export interface LiveChange {
  place: LivePlace;
  at: Date;
  topic: LiveTopic;
  endpointId: string;
  incidentId: string | null;
  count: number;
  ids: (string | number)[];
}

export interface LiveWindow {
  /** The newest change that may be told. */
  upTo: LivePlace;
  /** The newest changes of the window that match, oldest first. */
  changes: LiveChange[];
  /** What matches and is older than those: counts by topic, and where the last of them stands. */
  skipped: { place: LivePlace; counts: Partial<Record<LiveTopic, number>> } | null;
}

/** Tells that webhooks were planned, or failed to be, in the transaction that says so; one row an endpoint. */
export async function tellPlanned(tx: Queryable, rows: readonly { id: string; endpointId: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query({
    name: 'tell-planned',
    text: `insert into live_change (topic, endpoint_id, count, ids)
      select 'webhook', endpoint_id, count(*), to_jsonb((array_agg(id order by n desc))[1:${MOST_NAMED}])
      from unnest($1::uuid[], $2::uuid[]) with ordinality v (id, endpoint_id, n) group by endpoint_id`,
    values: [rows.map(({ id }) => id), rows.map(({ endpointId }) => endpointId)],
  });
}

/** The place as transaction and number, or null when the text is none. */
export function parsePlace(text: string): [tx: string, id: string] | null {
  const found = /^(\d{1,19})-(\d{1,18})$/.exec(text);
  return found?.[1] === undefined || found[2] === undefined ? null : [found[1], found[2]];
}

const SETTLED = 'tx < pg_snapshot_xmin(pg_current_snapshot())';

/** The newest change that may be told; `0-0` when there is none. */
export async function newestPlace(db: Queryable): Promise<LivePlace> {
  const { rows } = await db.query<{ place: string }>(
    `select tx || '-' || id as place from live_change where ${SETTLED} order by tx desc, id desc limit 1`,
  );
  return rows[0]?.place ?? '0-0';
}

/** Whether everything after the place is still kept. */
export async function isKept(db: Queryable, place: LivePlace): Promise<boolean> {
  const [tx, id] = parsePlace(place) ?? ['0', '0'];
  if (tx === '0') return true;
  const { rows } = await db.query('select 1 from live_change where tx = $1::text::xid8 and id = $2', [tx, id]);
  return rows.length > 0;
}

/**
 * The changes after `after` that match: the newest of them one by one as far as they name at most `mostRows` things, the
 * others as counts. One statement over one snapshot.
 */
export async function readLive(
  db: Queryable,
  of: { after: LivePlace; endpoint: string | null; topics: readonly LiveTopic[]; mostRows: number },
): Promise<LiveWindow> {
  const [tx, id] = parsePlace(of.after) ?? ['0', '0'];
  const { rows } = await db.query<{
    upTo: string | null;
    changes: LiveChange[] | null;
    skipped: LiveWindow['skipped'];
  }>({
    name: 'live-window',
    text: `with settled as materialized (
        select * from live_change where (tx, id) > ($1::text::xid8, $2::bigint) and ${SETTLED}
      ), fitting as (
        select *, sum(jsonb_array_length(ids)) over (order by tx desc, id desc) as named from settled
        where topic = any($4) and ($3::uuid is null or endpoint_id = $3)
      ), left_out as (
        select topic, sum(count) as count from fitting where named > $5 group by topic
      )
      select (select tx || '-' || id from settled order by tx desc, id desc limit 1) as "upTo",
        (select jsonb_agg(jsonb_build_object('place', tx || '-' || id, 'at', at, 'topic', topic, 'endpointId', endpoint_id,
          'incidentId', incident_id, 'count', count, 'ids', ids) order by tx, id) from fitting where named <= $5) as changes,
        (select jsonb_build_object('place', max(place), 'counts', (select jsonb_object_agg(topic, count) from left_out))
          from (select tx || '-' || id as place from fitting where named > $5 order by tx desc, id desc limit 1) last
          having count(*) > 0) as skipped`,
    values: [tx, id, of.endpoint, of.topics, of.mostRows],
  });
  const [row] = rows;
  return {
    upTo: row?.upTo ?? of.after,
    changes: (row?.changes ?? []).map((change) => ({ ...change, at: new Date(change.at) })),
    skipped: row?.skipped ?? null,
  };
}

/** Forgets changes older than an hour, but never the newest; answers how many. */
export async function forgetOldChanges(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `delete from live_change where (tx, id) in (
       select tx, id from live_change where at < now() - interval '${KEPT}'
         and (tx, id) < (select tx, id from live_change order by tx desc, id desc limit 1) order by tx, id limit 5000)`,
  );
  return rowCount ?? 0;
}
