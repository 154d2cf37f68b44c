import { createStatements, MAX_ROWS, paddedSize, paddedValues, valuesList } from './multi-row.ts';
import type { Queryable } from './pool.ts';
import type { IncidentBell } from '../temporal/ring.ts';

/** What one batch says of an incident. */
export interface IncidentNews {
  /** Used where no row has the key yet. */
  id: string;
  key: string;
  endpointId: string;
  shard: number;
  connection: string;
  name: string;
  summary: string;
  summaryDigest: string;
  customer: string | null;
  company: string | null;
  priority: string | null;
  alerts: number;
  /** Whether its workflow must look; not for alerts that are held. */
  bell: boolean;
}

/** A bell that is up. `raisedAt` is Postgres's own text of the instant, exact to the microsecond. */
export interface RaisedBell extends IncidentBell {
  id: string;
  raisedAt: string;
  /** Whether the ring begins a story: nothing has run for the incident, or what ran has ended. */
  starts: boolean;
}

/** The columns of a `RaisedBell`, in SQL over the incident's row. */
export const RAISED_BELL = `id, key, endpoint_id as "endpointId", summary, company, bell_raised_at::text as "raisedAt",
  phase in ('new', 'closed', 'abandoned') as starts`;

const COLUMNS = [
  ['id', 'uuid'],
  ['key', 'text'],
  ['endpoint_id', 'uuid'],
  ['shard', 'smallint'],
  ['connection', 'text'],
  ['name', 'text'],
  ['summary', 'text'],
  ['summary_digest', 'text'],
  ['customer', 'text'],
  ['company', 'text'],
  ['priority', 'text'],
  ['alerts', 'bigint'],
  ['bell', 'boolean'],
] as const;

const kept = createStatements();

/**
 * Locks the incidents in the order of their keys, makes those that are missing, counts their alerts up and raises their
 * bells. Answers every incident's id by key, and the bells that were down before.
 */
export async function raiseBells(
  tx: Queryable,
  news: readonly IncidentNews[],
): Promise<{ ids: Map<string, string>; raised: RaisedBell[] }> {
  const ids = new Map<string, string>();
  const raised: RaisedBell[] = [];
  const sorted = [...news].sort((a, b) => (a.key < b.key ? -1 : 1));
  for (let from = 0; from < sorted.length; from += MAX_ROWS) {
    const part = sorted.slice(from, from + MAX_ROWS);
    const size = paddedSize(part.length);
    const values = part.map((one) => [
      one.id,
      one.key,
      one.endpointId,
      one.shard,
      one.connection,
      one.name,
      one.summary,
      one.summaryDigest,
      one.customer,
      one.company,
      one.priority,
      one.alerts,
      one.bell,
    ]);
    const { rows } = await tx.query<RaisedBell & { rose: boolean }>({
      name: `raise-bells-${size}`,
      text: kept(String(size), () => statement(size)),
      values: paddedValues(values, COLUMNS.length),
    });
    for (const { rose, ...bell } of rows) {
      ids.set(bell.key, bell.id);
      if (rose) raised.push(bell);
    }
  }
  return { ids, raised };
}

function statement(size: number): string {
  const whenRaised = (raised: string, column: string) =>
    `${column} = case when excluded.bell and not i.bell then ${raised} else i.${column} end`;
  const whileNoTicket = (newer: string, column: string) =>
    `${column} = case when i.ticket_id is null and i.posting_at is null then ${newer} else i.${column} end`;
  const whenMoved = (column: string) =>
    `${column} = case when i.ticket_id is null and i.posting_at is null and i.connection <> excluded.connection then null else i.${column} end`;
  const names = COLUMNS.map(([name]) => name).join(', ');
  return `insert into incident as i (${names}, bell_raised_at)
    select ${names}, case when bell then now() end
      from (values ${valuesList(
        size,
        COLUMNS.map(([, type]) => type),
      )}) v (${names})
     where id is not null
    on conflict (key) do update set
      alerts = i.alerts + excluded.alerts,
      bell = i.bell or excluded.bell,
      ${whenRaised('excluded.bell_raised_at', 'bell_raised_at')},
      ${whenRaised('null', 'bell_sent_at')},
      ${whenRaised('0', 'bell_rung')},
      ${whenRaised('null', 'bell_refused')},
      ${whenMoved('last_ticket_id')},
      ${whenMoved('owed_ticket_id')},
      ${whileNoTicket('excluded.connection', 'connection')},
      ${whileNoTicket('excluded.name', 'name')},
      ${whileNoTicket('coalesce(excluded.company, i.company)', 'company')},
      ${whileNoTicket('coalesce(excluded.priority, i.priority)', 'priority')},
      updated_at = clock_timestamp()
    returning ${RAISED_BELL}, bell and bell_raised_at = now() as rose`;
}
