import { Migration } from '@mikro-orm/migrations';

/**
 * State changes as rows in an order that readers can follow: first by the transaction, then by the number. A row is read when every
 * transaction older than its own is over, so that none can appear behind a reader. Nothing here is written when a webhook is accepted.
 */
export class Migration0008LiveFeed extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table live_change (
     tx xid8 not null default pg_current_xact_id(),
     id bigint generated always as identity,
     at timestamptz not null default clock_timestamp(),
     topic text not null check (topic in ('webhook', 'alert', 'incident')),
     endpoint_id uuid not null,
     incident_id uuid,
     count integer not null,
     ids jsonb not null,
     primary key (tx, id)
   )`,
  `create function tell_alert_changes() returns trigger language plpgsql as $$
   begin
     insert into live_change (topic, endpoint_id, count, ids)
     select 'alert', now.endpoint_id, count(*), to_jsonb((array_agg(now.webhook_id order by now.seq desc))[1:20])
     from changed now join former on former.webhook_id = now.webhook_id and former.n = now.n
     where (former.state, former.action) is distinct from (now.state, now.action)
     group by now.endpoint_id, now.state, now.action;
     return null;
   end $$`,
  `create trigger alert_tells_changes after update on alert referencing new table as changed old table as former
   for each statement execute function tell_alert_changes()`,
  `create function tell_incident_events() returns trigger language plpgsql as $$
   begin
     insert into live_change (topic, endpoint_id, incident_id, count, ids)
     select 'incident', i.endpoint_id, i.id, count(*), to_jsonb((array_agg(added.id order by added.id desc))[1:20])
     from added join incident i on i.id = added.incident_id group by i.endpoint_id, i.id;
     return null;
   end $$`,
  `create trigger incident_event_tells after insert on incident_event referencing new table as added
   for each statement execute function tell_incident_events()`,
];
