import { Migration } from '@mikro-orm/migrations';

/** Where each watched endpoint stands, and when an ingress was able to accept. */
export class Migration0003Heartbeats extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table heartbeat (
     endpoint_id uuid primary key,
     is_on boolean not null default false,
     settings jsonb not null default '{}',
     version integer not null default 0,
     since timestamptz not null,
     last_seen_at timestamptz,
     phase text not null default 'off' check (phase in ('waiting', 'overdue', 'quiet', 'blind', 'off')),
     deadline_at timestamptz,
     wakes_at timestamptz,
     told_base_at timestamptz,
     told_from_at timestamptz,
     told_at timestamptz,
     told_count integer not null default 0,
     is_open boolean not null default false,
     reason text,
     looked_at timestamptz not null
   ) with (fillfactor = 70)`,
  `create table process_beat (id uuid primary key, process text not null, began_at timestamptz not null, beat_at timestamptz not null)`,
  `create index process_beat_at on process_beat (beat_at)`,
];
