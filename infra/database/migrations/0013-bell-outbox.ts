import { Migration } from '@mikro-orm/migrations';

/** What planning says of incidents whose rows a step holds at that moment: raised right after, so that planning never waits. */
export class Migration0013BellOutbox extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table bell_outbox (
    id bigint generated always as identity primary key,
    incident_id uuid not null,
    news jsonb not null,
    created_at timestamptz not null default clock_timestamp()
  )`,
  `create index bell_outbox_incident on bell_outbox (incident_id)`,
  `alter table bell_outbox set (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0)`,
];
