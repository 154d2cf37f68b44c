import { randomUUID } from 'node:crypto';
import type { Queryable } from '../database/pool.ts';
import { isWatched, WATCHED_MINUTES } from './endpoint-config.ts';
import { DAY_MS, type SeedRun } from './size.ts';

/** One refused request to so many accepted ones. */
const REFUSED_IN = 1_000;
const TENANTS = ['Alpen Hotels', 'Donau Logistik', 'Kern & Sohn', 'Lindner Bau', 'Praxis Moser', 'Weinhof Steiner'];

/** What stands beside webhooks and incidents: who was seen when, heartbeats, refusals, windows for all, and the tenant map. */
export async function writeAround(db: Queryable, run: SeedRun, endpoints: readonly string[]): Promise<void> {
  const { now, size } = run;
  await db.query(SEEN, [endpoints]);
  const watched = endpoints.filter((_, at) => isWatched(at));
  await db.query(HEARTBEATS, [watched, new Date(now.getTime() - size.days * DAY_MS), WATCHED_MINUTES, now]);
  await db.query(REFUSALS, [
    endpoints,
    Math.floor(size.webhooks / REFUSED_IN),
    new Date(now.getTime() - size.days * DAY_MS),
    now,
  ]);
  const once = new Date(now.getTime() + 3 * DAY_MS).toISOString().slice(0, 10);
  const windows = [
    {
      name: 'Patch night',
      config: {
        type: 'weekly',
        days: ['Sun'],
        start: '01:00',
        end: '05:00',
        timezone: 'Europe/Vienna',
        policy: 'hold',
      },
    },
    {
      name: 'Move of the data centre',
      config: { type: 'once', start: `${once}T20:00`, end: `${once}T23:30`, timezone: 'Europe/Vienna', policy: 'skip' },
    },
  ];
  for (const { name, config } of windows)
    await db.query(
      `insert into maintenance_window (id, name, config, created_by) values ($1, $2, $3, 'npm run seed')`,
      [randomUUID(), name, JSON.stringify(config)],
    );
  await db.query(
    `insert into tenant_mapping (id, tenant, company_id, description)
       select gen_random_uuid(), name || '*', upper(left(replace(name, ' ', ''), 6)), 'All sites of ' || name
         from unnest($1::text[]) name on conflict do nothing`,
    [TENANTS],
  );
  run.say(`${watched.length} heartbeats, ${windows.length} windows, ${TENANTS.length} tenants.`);
}

const SEEN = `insert into endpoint_seen (endpoint_id, last_seen_at, last_ip)
  select e.id, w.received_at, w.source_ip from unnest($1::uuid[]) e (id)
   cross join lateral (select received_at, source_ip from webhook where endpoint_id = e.id order by seq desc limit 1) w
  on conflict (endpoint_id) do nothing`;

const HEARTBEATS = `insert into heartbeat (endpoint_id, is_on, settings, version, since, last_seen_at, phase, deadline_at, wakes_at, looked_at)
  select e.id, true, jsonb_build_object('enabled', true, 'timeoutMinutes', $3::int), 1, $2, s.last_seen_at, 'waiting', d.at, d.at, $4
    from unnest($1::uuid[]) e (id) left join endpoint_seen s on s.endpoint_id = e.id
   cross join lateral (select coalesce(s.last_seen_at, $4) + $3::int * interval '1 minute' as at) d
  on conflict (endpoint_id) do nothing`;

const REFUSALS = `insert into refusal (id, endpoint_id, at, source_ip, status, reason, message, headers, body)
  select overlay(gen_random_uuid()::text placing
           left(lpad(to_hex((extract(epoch from t.at) * 1000)::bigint), 12, '0'), 8) || '-' || right(lpad(to_hex((extract(epoch from t.at) * 1000)::bigint), 12, '0'), 4) || '-7'
           from 1 for 15)::uuid,
         ($1::uuid[])[1 + n % cardinality($1::uuid[])], t.at, '198.51.100.' || (1 + n % 50), 401, 'invalid-bearer', 'Invalid Bearer Token',
         '{"content-type":"application/json","user-agent":"curl/8.5.0"}', '{}'
    from generate_series(1, $2::int) n
   cross join lateral (select $3::timestamptz + ($4::timestamptz - $3::timestamptz) * (n::float8 / ($2::int + 1)) as at) t`;
