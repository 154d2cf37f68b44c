import { Migration } from '@mikro-orm/migrations';

/**
 * Indexes for the filters of history, and replays by filter. No index takes an entry when a webhook is accepted: those of
 * `webhook` leave out the state `received`, the others are of tables that planning writes.
 */
export class Migration0006History extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create index webhook_by_source on webhook (source_ip, id) where state <> 'received'`,
  `create index webhook_failed on webhook (id) where state = 'failed'`,
  `create index webhook_failure on webhook using gin (failure gin_trgm_ops) where state = 'failed'`,
  `create index alert_by_state on alert (state, webhook_id)`,
  `create index alert_by_action on alert (action, webhook_id)`,
  `create index alert_by_ticket on alert (ticket, webhook_id) where ticket is not null`,
  `create index alert_error on alert using gin (error gin_trgm_ops) where error is not null`,
  `create index refusal_by_source on refusal (source_ip, id)`,
  `create index refusal_message on refusal using gin (message gin_trgm_ops)`,
  `alter table webhook_text add column planned_at timestamptz`,
  `alter table webhook_text alter column planned_at set default clock_timestamp()`,
  `create table bulk_replay (
     id uuid primary key,
     filter jsonb not null,
     rules text not null check (rules in ('recorded', 'today')),
     rate integer not null check (rate between 1 and 200),
     state text not null default 'running' check (state in ('running', 'done', 'cancelled', 'failed')),
     before_id uuid not null,
     last_id uuid,
     total integer not null,
     replayed integer not null default 0,
     skipped integer not null default 0,
     unreadable integer not null default 0,
     waits_for text,
     asked_by text not null,
     asked_at timestamptz not null default now(),
     ended_at timestamptz,
     ended_by text
   )`,
  `create index bulk_replay_asked on bulk_replay (asked_at desc)`,
];
