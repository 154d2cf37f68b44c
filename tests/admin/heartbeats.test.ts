import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { patchEndpoint } from '../../admin/server/endpoints/patch.ts';
import { getLedger } from '../../admin/server/ledger/get.ts';
import { listHeartbeats } from '../../admin/server/heartbeats/list.ts';
import { listSilences } from '../../admin/server/heartbeats/silences.ts';
import { aHeartbeatBench, type HeartbeatBench } from '../support/heartbeat-bench.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
let bench: HeartbeatBench;
beforeAll(async () => {
  world = await anAdminWorld();
  bench = await aHeartbeatBench(world.context.pool);
}, 60_000);
afterAll(() => world.close());

const make = (body: object) => world.run(createEndpoint, { body });
const list = (query: object = {}) => world.run(listHeartbeats, { query }, 'viewer');
const one = async (endpoint: string) => (await list({ endpoint })).items[0];

describe('the settings of a heartbeat', () => {
  it('are a timeout or a cron line with grace and zone, each with its default', async () => {
    const made = await make({ name: 'Nightly', heartbeat: { enabled: true, cron: ' 0 2 * * * ' } });
    expect(made.heartbeat).toEqual({
      enabled: true,
      timeoutMinutes: 1440,
      cron: '0 2 * * *',
      timezone: 'UTC',
      graceMinutes: 30,
    });
    const patched = await world.run(patchEndpoint, { id: made.id, body: { heartbeat: { cron: null } } });
    expect(patched.heartbeat).toMatchObject({ cron: null, enabled: true, graceMinutes: 30 });
  });

  it.each([
    [{ timeoutMinutes: 0 }, 'heartbeat.timeoutMinutes', 'at least 1'],
    [{ timeoutMinutes: -5 }, 'heartbeat.timeoutMinutes', 'at least 1'],
    [{ timeoutMinutes: 1.5 }, 'heartbeat.timeoutMinutes', 'whole number'],
    [{ hours: 0 }, 'heartbeat.timeoutMinutes', 'at least 1'],
    [{ cron: '61 * * * *' }, 'heartbeat.cron', 'such as'],
    [{ cron: '0 0 30 2 *' }, 'heartbeat.cron', 'never comes'],
    [{ cron: '* * * * * *' }, 'heartbeat.cron', 'five fields'],
    [{ cron: '0 2 * * *', timezone: 'Mars/Olympus' }, 'heartbeat.timezone', 'such as Europe/Berlin'],
    [{ graceMinutes: 0 }, 'heartbeat.graceMinutes', 'at least 1'],
    [{ graze: 1 }, 'heartbeat.graze', ''],
  ])('%j is refused at %s with a remedy', async (heartbeat, path, words) => {
    const { faults } = await world.refusal(createEndpoint, { body: { name: 'Bad', heartbeat } });
    expect(faults).toEqual([{ path, message: expect.stringContaining(words) }]);
  });
});

describe('the list of heartbeats', () => {
  it('shows who is expected when, who is silent with its incident, and who is not watched', async () => {
    const now = Date.now();
    const minute = 60_000;
    const calm = await bench.endpoint({ timeoutMinutes: 60 }, now - 10 * minute, { name: 'Calm' });
    const late = await bench.endpoint({ timeoutMinutes: 60 }, now - 61 * minute, { name: 'Late' });
    const shut = await bench.endpoint({ timeoutMinutes: 60 }, now, { name: 'Shut', enabled: false });
    const none = await bench.endpoint({ enabled: false }, now, { name: 'None' });
    for (const id of [calm, late]) await bench.look(id, now);
    expect(await one(calm)).toMatchObject({
      state: 'waiting',
      expectation: '1h',
      lastSeenAt: null,
      nextDeadlineAt: new Date(now + 50 * minute).toISOString(),
      incident: null,
    });
    expect(await one(late)).toMatchObject({ state: 'overdue', told: 1, incident: { phase: 'new', ticketId: null } });
    expect(await one(shut)).toMatchObject({ state: 'off', reason: 'The endpoint is disabled.', nextDeadlineAt: null });
    expect(await one(none)).toBeUndefined();
    expect((await list({ open: 'true' })).items.map(({ endpointId }) => endpointId)).toEqual([late]);
    await world.context.pool.query(`insert into endpoint_seen values ($1, $2, '')`, [late, new Date(now)]);
    expect(await one(late)).toMatchObject({
      state: 'waiting',
      lastSeenAt: new Date(now).toISOString(),
      nextDeadlineAt: new Date(now + 60 * minute).toISOString(),
    });
  });

  it('pages by cursor, tells the load on Temporal, and refuses a cursor that nobody gave out', async () => {
    const first = await list({ limit: '1' });
    expect(first.items).toHaveLength(1);
    const second = await list({ limit: '1', cursor: first.nextCursor });
    expect(second.items[0]?.endpointId).not.toBe(first.items[0]?.endpointId);
    expect(first.load.budgetPerSecond).toBe(20);
    expect(first.load.wakesPerSecond).toBeGreaterThan(0);
    expect((await world.refusal(listHeartbeats, { query: { cursor: 'x' } })).faults[0]?.path).toBe('cursor');
  });
});

describe('the silences of an endpoint', () => {
  const minute = 60_000;
  const silences = (id: string) => world.run(listSilences, { id, query: {} }, 'viewer');

  it('are told with when each began, how long it was, its ticket and the webhook that ended it', async () => {
    const madeMs = Date.now() - 300 * minute;
    const at = (minutes: number) => madeMs + minutes * minute;
    const iso = (minutes: number) => new Date(at(minutes)).toISOString();
    const id = await bench.endpoint({ timeoutMinutes: 60 }, madeMs, { name: 'Comes and goes' });
    expect((await silences(id)).items).toEqual([]);
    await bench.look(id, at(61));
    const [open] = (await silences(id)).items;
    expect(open).toMatchObject({
      beganAt: iso(60),
      endedAt: null,
      isOpen: true,
      told: 1,
      ticketId: null,
      endedBy: null,
    });

    const ender = v7();
    await bench.hear(id, at(90));
    await world.context.pool.query(
      `insert into alert (webhook_id, n, seq, endpoint_id, incident_id, kind, state, settled, action, ticket, message, received_at)
       values ($1, 0, nextval('webhook_seq') + 2000000, $2, $3, 'close', 'processed', true, 'close', '77', $4, $5)`,
      [
        v7(),
        id,
        open?.incidentId,
        `Webhook ${ender} was received at ${iso(90)}: the endpoint is heard again.`,
        iso(90),
      ],
    );
    await world.context.pool.query('update heartbeat set is_open = false where endpoint_id = $1', [id]);
    await world.context.pool.query(`update incident set phase = 'closed', last_ticket_id = '77' where id = $1`, [
      open?.incidentId,
    ]);
    expect((await silences(id)).items).toEqual([
      { ...open, endedAt: iso(90), isOpen: false, ticketId: '77', endedBy: ender },
    ]);
    expect(await one(id)).toMatchObject({ incident: null, lastIncident: { phase: 'closed', ticketId: '77' } });
    expect((await world.refusal(listSilences, { id, query: { cursor: 'x' } })).faults[0]?.path).toBe('cursor');
  });

  it('of an endpoint that is not there are not there', async () => {
    const refusal = await world.refusal(listSilences, { id: v7(), query: {} });
    expect(refusal.code).toBe('not-found');
  });
});

describe('the ledger of a silence', () => {
  it('is caused by the heartbeat, and its end by the very webhook that was received', async () => {
    const hour = 3_600_000;
    const began = Date.now() - 2 * hour;
    const id = await bench.endpoint({ timeoutMinutes: 60 }, began, { name: 'Told' });
    await bench.look(id, began + hour + 200);
    await bench.hear(id, began + hour + 60_000);
    await bench.look(id, began + hour + 90_000);
    const { pool } = world.context;
    const { rows } = await pool.query<{ id: string; webhook: string; close: string }>(
      `select i.id, w.id as webhook, a.webhook_id as close from incident i join webhook w on w.endpoint_id = i.endpoint_id
        join alert a on a.incident_id = i.id and a.kind = 'close' where i.endpoint_id = $1`,
      [id],
    );
    const [incident] = rows;
    await pool.query(
      `insert into incident_event (incident_id, at, episode, kind, text, data) values ($1, now(), 0, 'recovered', 'Heard again', $2)`,
      [incident?.id, { webhookId: incident?.close }],
    );
    const { items } = await world.run(getLedger, { id: incident?.id, query: {} }, 'viewer');
    expect(items.map(({ kind, cause, webhooks }) => [kind, cause.by, cause.words, webhooks])).toEqual([
      ['open', 'timer', 'the heartbeat: the endpoint is silent, rules of version 1', []],
      ['close', 'webhook', expect.stringContaining(`webhook ${incident?.webhook}, which ended`), [incident?.webhook]],
      ['recovered', 'webhook', `webhook ${incident?.webhook}, which ended the silence`, [incident?.webhook]],
    ]);
  });
});
