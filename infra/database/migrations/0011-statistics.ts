import { Migration } from '@mikro-orm/migrations';

/** Counts that outlive the webhooks they were counted from, and where Postgres and Temporal disagree. */
export class Migration0011Statistics extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table statistic (
     unit text not null check (unit in ('hour', 'day')),
     at timestamptz not null,
     endpoint_id uuid not null,
     source text not null check (source in ('webhook', 'alert', 'stray', 'refusal')),
     company text not null,
     accepted bigint not null default 0,
     created bigint not null default 0,
     updated bigint not null default 0,
     closed bigint not null default 0,
     reopened bigint not null default 0,
     failed bigint not null default 0,
     held bigint not null default 0,
     skipped bigint not null default 0,
     processed bigint not null default 0,
     refused bigint not null default 0,
     seconds double precision not null default 0,
     primary key (unit, at, endpoint_id, source, company)
   )`,
  `create table statistic_fold (
     unit text not null check (unit in ('hour', 'day')),
     at timestamptz not null,
     family text not null check (family in ('webhook', 'refusal')),
     is_settled boolean not null default true,
     folded_at timestamptz not null,
     primary key (unit, at, family)
   )`,
  `create table agreement_check (
     kind text primary key check (kind in ('incident', 'heartbeat', 'gate')),
     wanted integer not null,
     running integer not null,
     missing integer not null,
     stray integer not null,
     missing_examples jsonb not null,
     stray_examples jsonb not null,
     checked_at timestamptz not null
   )`,
  `create index incident_by_phase on incident (phase, updated_at desc, id desc)`,
];
