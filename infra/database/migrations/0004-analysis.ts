import { Migration } from '@mikro-orm/migrations';

/** Quiet by a person, root causes by a language model, their daily budget, and how the model was when last asked. */
export class Migration0004Analysis extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table incident
     add column acknowledged_by text,
     add column acknowledged_at timestamptz,
     add column snoozed_by text,
     add column snoozed_until timestamptz,
     add column analysis_id uuid,
     add column analysis_ready boolean not null default false`,
  `alter table incident_order
     drop constraint incident_order_kind_check,
     add constraint incident_order_kind_check
       check (kind in ('note', 'close', 'retry', 'create', 'adopt', 'acknowledge', 'snooze', 'analyse'))`,
  `create table incident_analysis (
     id uuid primary key,
     incident_id uuid not null references incident on delete cascade,
     episode integer not null,
     ticket_id text not null,
     reason text not null check (reason in ('opened', 'order', 'changed')),
     asked_by text,
     asked_at timestamptz not null,
     webhook_id uuid,
     message text not null,
     state text not null default 'asked' check (state in ('asked', 'ready', 'noted', 'failed', 'cancelled')),
     finished_at timestamptz,
     model text,
     prompt_version text,
     text text,
     error text,
     remedy text,
     tokens integer
   )`,
  `create index incident_analysis_by_incident on incident_analysis (incident_id, asked_at)`,
  `create table analysis_usage (day date primary key, tokens bigint not null, runs integer not null)`,
  `create table model_health (
     name text primary key,
     url text not null,
     model text not null,
     state text not null check (state in ('well', 'missing', 'away', 'unknown')),
     problem text,
     remedy text,
     checked_at timestamptz not null
   )`,
];
