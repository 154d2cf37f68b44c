import { Migration } from '@mikro-orm/migrations';

/** The first shape of the database: configuration, inbox, alerts, incidents, the desk, access. Design §3. */
export class Migration0001Spine extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create extension if not exists pg_trgm`,

  `create table config_version (one boolean primary key default true check (one), version bigint not null)`,
  `insert into config_version (version) values (1)`,
  `create function bump_config_version() returns trigger language plpgsql as $$
   begin
     update config_version set version = version + 1;
     perform pg_notify('hookwise_config', '');
     return null;
   end $$`,

  `create table endpoint (
     id uuid primary key,
     name text not null,
     config jsonb not null,
     version integer not null default 1,
     shard smallint not null,
     key_digest bytea not null unique,
     key_cipher bytea not null,
     old_key_digest bytea unique,
     old_key_until timestamptz,
     secrets_cipher bytea not null,
     enabled boolean not null default true,
     draft boolean not null default false,
     pinned boolean not null default false,
     position integer not null default 0,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     deleted_at timestamptz,
     deleted_incidents text check (deleted_incidents in ('close', 'keep'))
   )`,
  `create index endpoint_listed on endpoint (position, created_at) where deleted_at is null`,
  `create table endpoint_version (
     endpoint_id uuid not null references endpoint,
     version integer not null,
     config jsonb not null,
     saved_by text not null,
     saved_at timestamptz not null default now(),
     primary key (endpoint_id, version)
   )`,
  `create table endpoint_seen (endpoint_id uuid primary key, last_seen_at timestamptz not null, last_ip text not null)`,

  `create table setting (key text primary key, value jsonb not null, updated_at timestamptz not null default now(), updated_by text not null)`,
  `create table maintenance_window (
     id uuid primary key, name text not null, config jsonb not null, created_at timestamptz not null default now(), created_by text not null
   )`,
  `create table tenant_mapping (
     id uuid primary key, tenant text not null, company_id text not null, description text not null default '',
     created_at timestamptz not null default now(), updated_at timestamptz not null default now()
   )`,
  `create unique index tenant_mapping_tenant on tenant_mapping (lower(tenant))`,
  ...['endpoint', 'setting', 'maintenance_window', 'tenant_mapping'].map(
    (table) =>
      `create trigger ${table}_bumps_config after insert or update or delete on ${table} for each statement execute function bump_config_version()`,
  ),

  `create sequence webhook_seq`,
  `create table webhook (
     id uuid not null,
     seq bigint not null,
     endpoint_id uuid not null,
     shard smallint not null,
     received_at timestamptz not null default clock_timestamp(),
     source_ip text not null,
     headers text not null,
     raw bytea not null,
     origin text not null default 'http' check (origin in ('http', 'replay', 'test')),
     replay_of uuid,
     replay_rules text check (replay_rules in ('recorded', 'today')),
     state text not null default 'received' check (state in ('received', 'planned', 'failed')),
     failure text,
     primary key (id)
   ) partition by range (id)`,
  `alter table webhook alter column raw set storage external`,
  `create index webhook_to_plan on webhook (shard, seq) where state = 'received'`,
  `create index webhook_by_endpoint on webhook (endpoint_id, seq)`,

  `create table webhook_text (
     id uuid not null,
     body text not null,
     search text not null,
     plan jsonb not null,
     primary key (id)
   ) partition by range (id)`,
  `alter table webhook_text alter column body set storage external`,
  `create index webhook_text_search on webhook_text using gin (search gin_trgm_ops)`,

  `create table alert (
     webhook_id uuid not null,
     n integer not null,
     seq bigint not null,
     endpoint_id uuid not null,
     incident_id uuid,
     kind text not null check (kind in ('open', 'close', 'other')),
     state text not null check (state in ('open', 'held', 'processed', 'skipped', 'failed')),
     settled boolean not null,
     batch bigint,
     action text not null default 'none' check (action in ('none', 'create', 'update', 'close', 'reopen')),
     ticket text,
     error text,
     message text not null,
     received_at timestamptz not null,
     settled_at timestamptz,
     primary key (webhook_id, n)
   ) partition by range (webhook_id)`,
  `create index alert_unsettled on alert (incident_id, seq, n) where not settled`,
  `create index alert_by_incident on alert (incident_id, seq)`,
  `create index alert_held on alert (incident_id, seq, n) where state = 'held'`,

  `create table delivery_key (
     endpoint_id uuid not null, digest bytea not null, webhook_id uuid not null, at timestamptz not null, primary key (endpoint_id, digest)
   )`,
  `create index delivery_key_at on delivery_key (at)`,
  `create table refusal (
     id uuid primary key,
     endpoint_id uuid not null,
     at timestamptz not null default now(),
     source_ip text not null,
     status integer not null,
     reason text not null,
     message text not null,
     headers text not null,
     body text not null
   )`,
  `create index refusal_by_endpoint on refusal (endpoint_id, at)`,

  `create table incident (
     id uuid primary key,
     key text not null unique,
     endpoint_id uuid not null,
     shard smallint not null,
     connection text not null,
     name text not null,
     summary text not null,
     summary_digest text not null,
     customer text,
     company text,
     priority text,
     phase text not null default 'new' check (phase in ('new', 'opening', 'open', 'closing', 'closed', 'waiting', 'blocked', 'uncertain', 'abandoned')),
     want text not null default 'none' check (want in ('none', 'open', 'closed')),
     episode integer not null default 0,
     ticket_id text,
     ticket_url text,
     ticket_key text,
     last_ticket_id text,
     opened_at timestamptz,
     closed_at timestamptz,
     draft_webhook_id uuid,
     draft_n integer,
     posting_at timestamptz,
     posting_rounds integer not null default 0,
     posting_looks integer not null default 0,
     converge_at timestamptz,
     bell boolean not null default false,
     bell_raised_at timestamptz,
     bell_sent_at timestamptz,
     bell_rung integer not null default 0,
     bell_refused text,
     chain text,
     batch bigint not null default 0,
     batch_open boolean not null default false,
     pending jsonb,
     writing jsonb,
     note_count integer not null default 0,
     note_at timestamptz,
     viable_at timestamptz,
     calm_since timestamptz,
     resolution jsonb,
     checked_at timestamptz,
     status_ours text,
     updated_by_ours text,
     error text,
     error_at timestamptz,
     attempts integer not null default 0,
     next_try_at timestamptz,
     blocked_version integer,
     alerts bigint not null default 0,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   ) with (fillfactor = 70)`,
  `create unique index incident_ticket on incident (connection, ticket_id) where ticket_id is not null`,
  `create index incident_bell on incident (shard, bell_raised_at) where bell`,
  `create index incident_listed on incident (updated_at desc, id)`,
  `create index incident_by_endpoint on incident (endpoint_id, summary_digest)`,
  `create index incident_stuck on incident (connection, phase, created_at) where phase in ('waiting', 'blocked', 'uncertain')`,
  `create table incident_event (
     id bigint generated always as identity primary key,
     incident_id uuid not null references incident on delete cascade,
     at timestamptz not null,
     episode integer not null,
     kind text not null,
     text text not null,
     data jsonb not null default '{}'
   )`,
  `create index incident_event_by_incident on incident_event (incident_id, id)`,
  `create table incident_order (
     id uuid primary key,
     incident_id uuid not null references incident on delete cascade,
     kind text not null check (kind in ('note', 'close', 'retry', 'create', 'adopt')),
     input jsonb not null,
     asked_by text not null,
     asked_at timestamptz not null default now(),
     state text not null default 'asked' check (state in ('asked', 'done', 'refused')),
     answer text,
     done_at timestamptz
   )`,
  `create index incident_order_open on incident_order (incident_id, asked_at) where state = 'asked'`,

  `create table connection (
     name text primary key,
     kind text not null,
     gate text not null default 'open' check (gate in ('open', 'closed')),
     reason text,
     gate_since timestamptz,
     last_good_at timestamptz,
     budget_at timestamptz not null default '-infinity',
     findings jsonb,
     checked_at timestamptz
   )`,
  `create table psa_catalog (
     connection text not null, kind text not null, parent text not null default '', items jsonb not null, fetched_at timestamptz not null,
     primary key (connection, kind, parent)
   )`,

  `create table ticket (
     id bigint generated by default as identity (start with 1001) primary key,
     key text not null unique,
     summary text not null,
     description text not null,
     company text,
     board text not null,
     status text not null,
     type text, subtype text, item text, priority text, severity text, impact text,
     closed boolean not null default false,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     updated_by text not null,
     closed_at timestamptz
   )`,
  `create index ticket_open_summary on ticket (summary) where not closed`,
  `create table ticket_note (
     id bigint generated always as identity primary key,
     ticket_id bigint not null references ticket on delete cascade,
     key text unique,
     body text not null,
     visibility text not null check (visibility in ('internal', 'public')),
     purpose text not null check (purpose in ('update', 'analysis', 'resolution')),
     author text not null,
     at timestamptz not null default now()
   )`,
  `create index ticket_note_by_ticket on ticket_note (ticket_id, id)`,

  `create table api_key (
     id uuid primary key,
     name text not null,
     digest bytea not null unique,
     prefix text not null,
     role text not null check (role in ('viewer', 'operator', 'admin')),
     scopes text[] not null default '{}',
     company text,
     created_at timestamptz not null default now(),
     created_by text not null,
     last_used_at timestamptz,
     revoked_at timestamptz
   )`,
  `create table audit_entry (
     id uuid primary key,
     at timestamptz not null default now(),
     actor text not null,
     action text not null,
     entity text not null,
     entity_id text not null,
     before jsonb,
     after jsonb,
     source_ip text
   )`,
  `create index audit_entry_at on audit_entry (at desc)`,
  `create index audit_entry_entity on audit_entry (entity, entity_id, at desc)`,
];
