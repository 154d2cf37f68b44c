import type { Queryable } from '../../../infra/database/pool.ts';
import type { LedgerRow } from '../../../workflows/domain/ledger-rows.ts';

/** Where a row stands in the journal: its instant (with microseconds), its source's rank, its own order. */
export type Place = readonly [at: string, rank: string, own: string];
export interface PlacedRow {
  place: Place;
  row: LedgerRow;
}

const START: Place = ['-infinity', '0', ''];
const BATCH = 2_000;

const AT = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const ISO = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** One source: its rows after the place, the first `BATCH` of them, so that each is read by its own index. */
const after = (from: string, at: string, rank: number, own: string): string => `
  select ${at} as at, ${rank} as rank, ${own} as own, ${rank === 1 ? 'a.webhook_id' : 'null::uuid'} as webhook_id,
    ${rank === 1 ? 'a.n' : 'null::int'} as n, ${rank === 1 ? 'null::text' : 'x.id::text'} as id
  from ${from} and (${at}, ${rank}, ${own}) > ($2::timestamptz, $3::int, $4::text collate "C") order by 1, 2, 3 limit ${BATCH}`;

const padded = (column: string): string => `lpad(${column}::text, 20, '0') collate "C"`;

const SQL = `
  with placed as (
    select * from (
      (${after('alert a where a.incident_id = $1', 'a.received_at', 1, `(lpad(a.seq::text, 20, '0') || lpad(a.n::text, 10, '0')) collate "C"`)})
      union all (${after('incident_order x where x.incident_id = $1', 'x.asked_at', 2, 'x.id::text collate "C"')})
      union all (${after('incident_event x where x.incident_id = $1', 'x.at', 3, padded('x.id'))})
      union all (${after('incident_analysis x where x.incident_id = $1', 'x.asked_at', 4, 'x.id::text collate "C"')})
      union all (${after(`audit_entry x where x.entity = 'incident' and x.entity_id = $1::text and not coalesce(x.after ? 'orderId', false)`, 'x.at', 5, 'x.id::text collate "C"')})
    ) every order by at, rank, own limit ${BATCH}
  )
  select jsonb_build_array(${AT('p.at')}, p.rank::text, p.own) as place, case p.rank
    when 1 then (
      select jsonb_build_object('source', 'alert', 'at', ${ISO('a.received_at')}, 'webhookId', a.webhook_id, 'n', a.n, 'kind', a.kind,
        'state', a.state, 'action', a.action, 'ticket', a.ticket, 'error', a.error, 'message', a.message, 'origin', w.origin,
        'plan', case when t.id is null then null else jsonb_build_object('configVersion', t.plan -> 'configVersion',
          'trigger', of.plan -> 'triggerValue', 'rules', coalesce(of.plan -> 'matchedRules', '[]'), 'company', of.plan -> 'companySource',
          'explanation', of.plan -> 'explanation', 'reason', of.plan -> 'reason', 'sender', t.plan -> 'sender') end)
      from alert a left join webhook w on w.id = a.webhook_id left join webhook_text t on t.id = a.webhook_id
      left join lateral (
        select one as plan from jsonb_array_elements(t.plan -> 'alerts') one where (one ->> 'n')::int = a.n limit 1
      ) of on true
      where a.webhook_id = p.webhook_id and a.n = p.n)
    when 2 then (
      select jsonb_build_object('source', 'order', 'at', ${ISO('o.asked_at')}, 'id', o.id, 'kind', o.kind, 'by', o.asked_by,
        'input', o.input, 'state', o.state, 'sourceIp', (
          select u.source_ip from audit_entry u
          where u.entity = 'incident' and u.entity_id = $1::text and u.after ->> 'orderId' = p.id limit 1))
      from incident_order o where o.id = p.id::uuid)
    when 3 then (
      select jsonb_build_object('source', 'event', 'at', ${ISO('v.at')}, 'id', v.id, 'episode', v.episode, 'kind', v.kind,
        'text', v.text, 'data', v.data, 'sender', (
          select t.plan -> 'sender' from webhook_text t where t.id = (v.data ->> 'webhookId')::uuid))
      from incident_event v where v.id = p.id::bigint)
    when 4 then (
      select jsonb_build_object('source', 'analysis', 'at', ${ISO('y.asked_at')}, 'id', y.id, 'reason', y.reason, 'by', y.asked_by,
        'ticket', y.ticket_id, 'webhookId', y.webhook_id)
      from incident_analysis y where y.id = p.id::uuid)
    else (
      select jsonb_build_object('source', 'audit', 'at', ${ISO('u.at')}, 'action', u.action, 'by', u.actor, 'sourceIp', u.source_ip)
      from audit_entry u where u.id = p.id::uuid)
    end as row
  from placed p order by p.at, p.rank, p.own`;

/** The journal of an incident in order of time, after `place`, read in batches: alerts, orders, timeline, analyses, audit. */
export async function* readLedgerRows(
  db: Queryable,
  incidentId: string,
  place: Place | null,
): AsyncGenerator<PlacedRow> {
  let from = place ?? START;
  for (;;) {
    const { rows } = await db.query<PlacedRow>({ name: 'ledger-rows', text: SQL, values: [incidentId, ...from] });
    for (const placed of rows) yield placed;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    from = last.place;
  }
}
