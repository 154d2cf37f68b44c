import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { endSilences } from '../../../infra/database/end-silences.ts';
import { aHeartbeatBench, type HeartbeatBench } from '../../support/heartbeat-bench.ts';
import { benchPool } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const T0 = Date.parse('2026-03-02T08:00:00Z');
const at = (ms: number) => new Date(ms).toISOString();

let database: TestDatabase;
let pool: Pool;
let bench: HeartbeatBench;

beforeAll(async () => {
  database = await testDatabase();
  pool = benchPool(database.url);
  bench = await aHeartbeatBench(pool);
});
beforeEach(() => pool.query('delete from process_beat'));
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

describe('an endpoint that is watched', () => {
  it('is due one timeout after its last webhook, or after it was made', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    expect(await bench.look(id, T0 + 1)).toMatchObject({
      phase: 'waiting',
      lastSeenAt: null,
      deadlineAt: at(T0 + HOUR),
      wakesAt: at(T0 + HOUR + 200),
    });
    await bench.hear(id, T0 + 30 * MINUTE);
    expect(await bench.look(id, T0 + HOUR + 200)).toMatchObject({
      phase: 'waiting',
      lastSeenAt: at(T0 + 30 * MINUTE),
      deadlineAt: at(T0 + 90 * MINUTE),
    });
    expect(await bench.alerts(id)).toEqual([]);
  });

  it('is told once for each timeout, names the true deadline when it is told late, and leaves out what was slept through', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await bench.look(id, T0 + HOUR + 200);
    await bench.look(id, T0 + HOUR + 200);
    await bench.look(id, T0 + HOUR + 5_000);
    expect(await bench.alerts(id)).toMatchObject([{ kind: 'open', atMs: T0 + HOUR }]);
    expect(await bench.look(id, T0 + 5 * HOUR + 20 * MINUTE)).toMatchObject({
      phase: 'overdue',
      told: 2,
      deadlineAt: at(T0 + 6 * HOUR),
    });
    const alerts = await bench.alerts(id);
    expect(alerts.map(({ atMs }) => atMs)).toEqual([T0 + HOUR, T0 + 2 * HOUR]);
    expect(alerts[0]?.message).toContain(`due by ${at(T0 + HOUR)} (1h)`);
    expect(alerts[1]?.message).toContain('Still silent (reminder 1)');
    expect(bench.rung.filter((key) => key.includes(id))).toHaveLength(2);
  });

  it('is heard again where a webhook came between look and commit: the close comes after the alert', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await bench.look(id, T0 + HOUR + 200);
    await bench.hear(id, T0 + HOUR + 100);
    expect(await bench.look(id, T0 + 2 * HOUR)).toMatchObject({ phase: 'waiting', told: 0 });
    expect((await bench.alerts(id)).map(({ kind }) => kind)).toEqual(['open', 'close']);
    await bench.look(id, T0 + 2 * HOUR);
    expect(await endSilences(pool, [{ endpointId: id, requestId: id, at: new Date(T0) }])).toEqual([]);
    expect(await bench.alerts(id)).toHaveLength(2);
  });

  it('looks once more after telling, for a webhook that was planned before the alert was there', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await pool.query(
      `create function arrives() returns trigger language plpgsql as $$ begin
         insert into webhook (id, seq, endpoint_id, shard, received_at, source_ip, headers, raw, state)
         values (uuidv7(), 1, new.endpoint_id, 0, '${at(T0 + HOUR - 50)}', '', '{}', '', 'planned');
         return null; end $$`,
    );
    await pool.query(
      `create trigger arrives after insert on alert for each row when (new.kind = 'open' and new.endpoint_id = '${id}') execute function arrives()`,
    );
    expect(await bench.look(id, T0 + HOUR + 200)).toMatchObject({ phase: 'waiting', told: 0 });
    expect((await bench.alerts(id)).map(({ kind }) => kind)).toEqual(['open', 'close']);
    await pool.query('drop trigger arrives on alert');
  });

  it('does not take tests and replays for a sign of life', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await bench.hear(id, T0 + 50 * MINUTE, 'test');
    await bench.hear(id, T0 + 55 * MINUTE, 'replay');
    expect(await bench.look(id, T0 + HOUR + 200)).toMatchObject({ phase: 'overdue', told: 1 });
  });

  it('remembers when it was heard after the webhook itself was dropped with its day', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await bench.hear(id, T0 + 10 * MINUTE);
    await bench.look(id, T0 + 20 * MINUTE);
    await pool.query('delete from webhook where endpoint_id = $1', [id]);
    await pool.query(`insert into endpoint_seen values ($1, $2, '')`, [id, new Date(T0 + 40 * MINUTE)]);
    expect(await bench.look(id, T0 + HOUR)).toMatchObject({ lastSeenAt: at(T0 + 40 * MINUTE) });
  });

  it('carries its board, type, priority and company onto the ticket, and a long name is cut, not the limit', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 90 }, T0, {
      name: `${'Very long name '.repeat(6)}#CWACME`.slice(0, 100),
      ticketing: { board: 'NOC', type: 'Incident', priority: 'P1', companyId: 'OWN' },
    });
    await bench.look(id, T0 + 2 * HOUR);
    const { rows } = await pool.query(
      `select i.summary, i.company, t.plan -> 'alerts' -> 0 -> 'ticket' as ticket from incident i join alert a on a.incident_id = i.id
        join webhook_text t on t.id = a.webhook_id where i.endpoint_id = $1`,
      [id],
    );
    expect(rows[0].summary).toHaveLength(99);
    expect(rows[0].summary).toMatch(/^\[TIMEOUT\] Webhook Endpoint: Very.*\.\.\. - No data for 90m$/);
    expect(rows[0]).toMatchObject({ company: 'ACME', ticket: { board: 'NOC', type: 'Incident', priority: 'P1' } });
  });
});

describe('switching', () => {
  const enabled = (isOn: boolean) => (config: Parameters<Parameters<HeartbeatBench['save']>[2]>[0]) => ({
    ...config,
    enabled: isOn,
  });

  it('off ends the watch whatever switched it off, and tells nothing', async () => {
    for (const change of [{ enabled: false }, { draft: true }, { heartbeat: { enabled: false, timeoutMinutes: 60 } }]) {
      const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
      await bench.look(id, T0 + MINUTE);
      await bench.save(id, T0 + 2 * MINUTE, (config) => ({ ...config, ...change }));
      expect(await bench.look(id, T0 + 2 * HOUR)).toMatchObject({ phase: 'off', wakesAt: null });
      expect(await bench.alerts(id)).toEqual([]);
    }
  });

  it('on again begins anew, also where nobody looked in between', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await bench.hear(id, T0 + MINUTE);
    await bench.look(id, T0 + 2 * MINUTE);
    await bench.save(id, T0 + 10 * MINUTE, enabled(false));
    await bench.save(id, T0 + 50 * HOUR, enabled(true));
    expect(await bench.look(id, T0 + 50 * HOUR + MINUTE)).toMatchObject({
      phase: 'waiting',
      deadlineAt: at(T0 + 51 * HOUR),
    });
  });

  it('begins anew for an endpoint that was deleted and is back: what it sent meanwhile was refused', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await bench.hear(id, T0 + MINUTE);
    await bench.look(id, T0 + 2 * MINUTE);
    await bench.pool.query('update endpoint set deleted_at = now() where id = $1', [id]);
    expect(await bench.look(id, T0 + 10 * MINUTE)).toMatchObject({ phase: 'off', reason: 'The endpoint is deleted.' });
    await bench.pool.query('update endpoint set deleted_at = null where id = $1', [id]);
    for (const lookMs of [T0 + 5 * HOUR, T0 + 5 * HOUR + 30 * MINUTE])
      expect(await bench.look(id, lookMs)).toMatchObject({
        phase: 'waiting',
        deadlineAt: new Date(T0 + 6 * HOUR).toISOString(),
      });
    expect(await bench.alerts(id)).toEqual([]);
  });

  it('another timeout counts from the last webhook, another schedule from the change', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 600 }, T0);
    await bench.look(id, T0 + MINUTE);
    await bench.save(id, T0 + 2 * HOUR, (config) => ({ ...config, heartbeat: { enabled: true, timeoutMinutes: 180 } }));
    expect(await bench.look(id, T0 + 2 * HOUR)).toMatchObject({ deadlineAt: at(T0 + 3 * HOUR) });
    const nightly = { enabled: true, timeoutMinutes: 180, cron: '0 2 * * *', timezone: 'UTC', graceMinutes: 30 };
    await bench.save(id, T0 + 48 * HOUR, (config) => ({ ...config, heartbeat: nightly }));
    expect(await bench.look(id, T0 + 48 * HOUR)).toMatchObject({
      phase: 'waiting',
      expectation: '0 2 * * * UTC, 30m grace',
      deadlineAt: '2026-03-05T02:30:00.000Z',
    });
  });
});

describe('a nightly schedule', () => {
  it('keeps to its local time through both changes of clocks', async () => {
    const nights = [
      ['2026-03-28T12:00:00Z', '2026-03-29T01:30:00.000Z'],
      ['2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
      ['2026-10-25T12:00:00Z', '2026-10-26T01:30:00.000Z'],
    ] as const;
    for (const [made, deadline] of nights) {
      const madeMs = Date.parse(made);
      const cron = { cron: '0 2 * * *', timezone: 'Europe/Berlin', graceMinutes: 30 };
      const id = await bench.endpoint(cron, madeMs, { name: 'Backup' });
      expect(await bench.look(id, madeMs)).toMatchObject({ deadlineAt: deadline });
      await bench.look(id, Date.parse(deadline) + 200);
      expect(await bench.alerts(id)).toMatchObject([{ kind: 'open', atMs: Date.parse(deadline) }]);
    }
  });
});

describe('maintenance', () => {
  const window = (policy: 'skip' | 'hold') =>
    ({ type: 'daily', start: '08:30', end: '10:00', timezone: 'UTC', policy }) as const;

  it.each(['skip', 'hold'] as const)(
    'of the endpoint (%s) is quiet, and what is still silent at its end is told',
    async (policy) => {
      const id = await bench.endpoint({ timeoutMinutes: 60 }, T0, { maintenance: [window(policy)] });
      expect(await bench.look(id, T0 + HOUR + 200)).toMatchObject({ phase: 'quiet', wakesAt: at(T0 + 2 * HOUR) });
      expect(await bench.alerts(id)).toEqual([]);
      expect(await bench.look(id, T0 + 2 * HOUR)).toMatchObject({ phase: 'overdue' });
      expect(await bench.alerts(id)).toMatchObject([{ atMs: T0 + HOUR }]);
    },
  );

  it('of all endpoints and the maintenance mode are quiet too', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await pool.query(
      `insert into setting (key, value, updated_by) values ('maintenanceMode', 'true', 'test'), ('maintenancePolicy', '"hold"', 'test')`,
    );
    expect(await bench.look(id, T0 + HOUR + 200)).toMatchObject({
      phase: 'quiet',
      reason: expect.stringContaining('on'),
    });
    await pool.query('delete from setting');
    await pool.query(`insert into maintenance_window (id, name, config, created_by) values ($1, 'all', $2, 'test')`, [
      id,
      window('skip'),
    ]);
    expect(await bench.look(id, T0 + HOUR + 400)).toMatchObject({ phase: 'quiet' });
    await pool.query('delete from maintenance_window');
    expect(await bench.look(id, T0 + HOUR + 600)).toMatchObject({ phase: 'overdue', told: 1 });
  });
});

describe('own blindness', () => {
  it('extends the deadline by as much, and the alert says so', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await bench.sighted(T0 - HOUR, T0 + 20 * MINUTE);
    await bench.sighted(T0 + 50 * MINUTE, T0 + 3 * HOUR);
    expect(await bench.look(id, T0 + HOUR + 200)).toMatchObject({
      phase: 'waiting',
      deadlineAt: at(T0 + 90 * MINUTE),
    });
    await bench.look(id, T0 + 90 * MINUTE + 200);
    const [alert] = await bench.alerts(id);
    expect(alert).toMatchObject({ atMs: T0 + 90 * MINUTE });
    expect(alert?.message).toContain('HookWise itself could not receive for 30 m of this time');
  });

  it('that lasts tells nothing; nobody can be late for a door that is shut', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await bench.sighted(T0 - HOUR, T0 + 59 * MINUTE);
    expect(await bench.look(id, T0 + 5 * HOUR)).toMatchObject({ phase: 'blind' });
    expect(await bench.alerts(id)).toEqual([]);
    await bench.sighted(T0 + 6 * HOUR, T0 + 7 * HOUR);
    expect(await bench.look(id, T0 + 6 * HOUR + 10_000)).toMatchObject({
      phase: 'waiting',
      deadlineAt: at(T0 + 6 * HOUR + MINUTE),
    });
  });

  it('is taken into account where two processes took turns without a gap', async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, T0);
    await bench.sighted(T0 - HOUR, T0 + 30 * MINUTE);
    await bench.sighted(T0 + 20 * MINUTE, T0 + 2 * HOUR);
    expect(await bench.look(id, T0 + HOUR + 200)).toMatchObject({ phase: 'overdue' });
    expect((await bench.alerts(id))[0]?.message).not.toContain('could not receive');
  });
});
