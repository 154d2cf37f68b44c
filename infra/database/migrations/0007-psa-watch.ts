import { Migration } from '@mikro-orm/migrations';

/** The ticket system as a second truth: hints to read a ticket, resolutions owed to tickets closed before us, callbacks and sweeps. */
export class Migration0007PsaWatch extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table incident
     add column look_at timestamptz,
     add column listed_at timestamptz,
     add column owed_ticket_id text`,
  `create index incident_look on incident (connection, look_at) where look_at is not null`,
  `create table psa_watch (
     connection text primary key,
     wanted boolean not null default true,
     url text,
     record_id text,
     state text not null default 'never' check (state in ('never', 'registered', 'off', 'refused', 'failed')),
     reason text,
     checked_at timestamptz,
     hinted_at timestamptz,
     hints bigint not null default 0,
     changed_since timestamptz,
     swept_at timestamptz
   )`,
];
