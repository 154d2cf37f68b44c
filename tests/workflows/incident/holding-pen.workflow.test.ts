import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBells } from '../../../activities/bells.ts';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { createActivities } from '../../../activities/index.ts';
import { createDesk } from '../../../activities/tickets/desk/desk.ts';
import { TicketSystemError, type TicketSystem } from '../../../activities/tickets/ticket-system.ts';
import { createWorkers } from '../../../activities/workers.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { GATE_WORKFLOW } from '../../../workflows/contracts/gate.ts';
import { TASK_QUEUES } from '../../../workflows/contracts/queues.ts';
import { eventually } from '../../support/eventually.ts';
import type { FakeTickets } from '../../support/fake-tickets.ts';
import { anIncident, benchPool } from '../../support/incident-bench.ts';
import { ownTemporal, testBundle, type OwnTemporal } from '../../support/incident-worker.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';
import { alertAll, aPen, phasesOf, type PenEndpoint } from './holding-pen.ts';

/** `HELD_INCIDENTS=1500` is the outage of the issue; every machine can hold fewer. */
const HELD = Math.ceil(Number(process.env['HELD_INCIDENTS'] ?? 120) / 6) * 6;
const PROBES = 20;
/** What the issue allows a ticket of another connection while 1,500 are held. */
const HELD_P95_MS = 300;
/** A short run, on a machine that does other things too, is held to a multiple of what it took just before. */
const [SHORT_TIMES, SHORT_MORE_MS] = [3, 150];

let database: TestDatabase;
let pool: Pool;
let temporal: OwnTemporal;

beforeAll(async () => {
  quietRuntime();
  [database, temporal] = await Promise.all([testDatabase(), ownTemporal()]);
  pool = benchPool(database.url);
}, 120_000);
afterAll(async () => {
  await temporal?.stop();
  await pool?.end();
  await database?.drop();
});

/** The ticket system, away as long as `isAway` says: every call is refused at once, as a lost key or a closed door is. */
function away(tickets: FakeTickets, isAway: () => boolean): TicketSystem {
  return new Proxy(tickets, {
    get(target, name: keyof TicketSystem) {
      const method = target[name];
      if (typeof method !== 'function' || name === 'describe') return method;
      return async (...args: unknown[]) => {
        if (isAway()) throw new TicketSystemError('connection-refused-us', 'Unauthorized', { effect: 'none' });
        return (method as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}

/** One worker process for two connections: an incident's steps go to the ticket system of its own. */
function activitiesOf(psa: ActivityDeps, desk: ActivityDeps, deskKeys: ReadonlySet<string>) {
  const ofPsa = createActivities(psa);
  const ofDesk = createActivities(desk);
  const routed = <T extends object>(one: T, other: T): T =>
    new Proxy(one, {
      get: (target, name: string & keyof T) => {
        const [a, b] = [target[name], other[name]];
        if (typeof a !== 'function' || typeof b !== 'function') return a;
        return (input: { key?: string }) => (deskKeys.has(input?.key ?? '') ? b(input) : a(input));
      },
    });
  return {
    ...ofPsa,
    workflows: routed(ofPsa.workflows, ofDesk.workflows),
    tickets: routed(ofPsa.tickets, ofDesk.tickets),
  };
}

async function timeTicket(desk: PenEndpoint, key: string): Promise<number> {
  const from = performance.now();
  await alertAll(pool, temporal.client, [key], 'open');
  await eventually(
    async () => {
      const { rows } = await pool.query('select ticket_id from incident where key = $1', [key]);
      return (rows[0] as { ticket_id: string | null }).ticket_id !== null;
    },
    20_000,
    5,
  );
  expect(desk.keys).toContain(key);
  return performance.now() - from;
}

/** Of a sorted list, the value that 95 in 100 do not pass. */
const p95 = (sorted: readonly number[]) => sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;

it(`makes exactly the tickets that the policies ask for of ${HELD} held incidents, the urgent first, and no other connection waits`, async () => {
  let isAway = true;
  const bench = await anIncident(pool);
  const psa = 'psa';
  const bells = createBells(temporal.client, pool, bench.deps.logger);
  const deps: ActivityDeps = {
    ...bench.deps,
    connection: psa,
    bells,
    tickets: away(bench.tickets, () => isAway),
    settings: { ...bench.deps.settings, callsPerSecond: 30 },
  };
  const third = HELD / 3;
  const pens = await Promise.all([
    aPen(pool, { name: 'Both', connection: psa, policy: 'both', incidents: third, priority: 'Low' }),
    aPen(pool, { name: 'Summary', connection: psa, policy: 'summary', incidents: third, priority: 'Critical' }),
    aPen(pool, { name: 'Nothing', connection: psa, policy: 'nothing', incidents: third }),
  ]);
  const desk = await aPen(pool, { name: 'Desk', connection: 'desk', policy: 'both', incidents: PROBES * 3 });
  const deskDeps = { ...deps, connection: 'desk', tickets: createDesk({ pool, adminUrl: 'http://console' }) };
  const workers = await createWorkers({
    connection: temporal.native,
    namespace: temporal.namespace,
    bundle: await testBundle(),
    activities: activitiesOf(deps, deskDeps, new Set(desk.keys)),
    ticketStepsPerSecond: null,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  running.catch(() => undefined);
  const gone = pens.flatMap(({ keys }) => keys.slice(0, third / 2));
  const lasting = pens.flatMap(({ keys }) => keys.slice(third / 2));
  const timed = async (from: number) => {
    const ms: number[] = [];
    for (const key of desk.keys.slice(from, from + PROBES)) ms.push(await timeTicket(desk, key));
    return ms.sort((a, b) => a - b).map(Math.round);
  };
  try {
    const quiet = await timed(0);
    await pool.query(`update connection set gate = 'closed', gate_since = now() where name = $1`, [psa]);
    const gate = await temporal.client.workflow.start(GATE_WORKFLOW, {
      workflowId: `gate:${psa}`,
      taskQueue: TASK_QUEUES.workflows,
      args: [{ connection: psa, firstPauseMs: 200, lastPauseMs: 1_000 }],
    });
    await alertAll(pool, temporal.client, [...gone, ...lasting], 'open');
    await eventually(async () => (await phasesOf(pool, psa))['waiting'] === HELD, 120_000, 200);
    await alertAll(pool, temporal.client, gone, 'close');
    await eventually(
      async () => {
        const { rows } = await pool.query(
          `select count(*)::int as n from incident where connection = $1 and want = 'closed' and not bell`,
          [psa],
        );
        return (rows[0] as { n: number }).n === gone.length;
      },
      120_000,
      200,
    );
    const took = await timed(PROBES);
    expect(bench.tickets.all).toEqual([]);
    expect((await phasesOf(pool, 'desk'))['open']).toBe(PROBES * 2);

    const backAt = performance.now();
    isAway = false;
    const draining = await timed(PROBES * 2);
    await gate.result();
    const isDrained = async () => {
      const { closed = 0, open = 0, ...others } = await phasesOf(pool, psa);
      return open === lasting.length && closed === gone.length + 1 && Object.keys(others).length === 0;
    };
    await eventually(isDrained, 180_000, 200);
    console.log(
      `${HELD} held: desk alert-to-ticket before ${quiet.join(' ')} ms, meanwhile ${took.join(' ')} ms, while draining ${draining.join(' ')} ms; ` +
        `drained in ${Math.round((performance.now() - backAt) / 1000)} s, ${bench.tickets.all.length} tickets`,
    );

    expect(p95(took)).toBeLessThan(HELD >= 1_500 ? HELD_P95_MS : SHORT_TIMES * p95(quiet) + SHORT_MORE_MS);

    const of = (name: string) => bench.tickets.all.filter(({ summary }) => summary.startsWith(name));
    const openOf = (name: string) => of(name).filter(({ isOpen }) => isOpen).length;
    expect([of('Both').length, openOf('Both')]).toEqual([third, third / 2]);
    expect([of('Summary').length, openOf('Summary')]).toEqual([third / 2, third / 2]);
    expect([of('Nothing').length, openOf('Nothing')]).toEqual([third / 2, third / 2]);
    const summaries = of('[OUTAGE]');
    expect(summaries).toHaveLength(1);
    expect(summaries[0]).toMatchObject({ isOpen: false, closedTimes: 1 });
    expect(summaries[0]?.description).toContain(`${third / 2} incidents of Summary opened and recovered`);
    expect(bench.tickets.all).toHaveLength(third + third / 2 + third / 2 + 1);
    expect(new Set(bench.tickets.all.map(({ key }) => key)).size).toBe(bench.tickets.all.length);

    const { rows } = await pool.query(
      `select e.name, a.state, a.action, a.settled, a.error is null as "isPlain", count(*)::int as n
         from alert a join endpoint e on e.id = a.endpoint_id where a.incident_id in (select id from incident where key = any($1))
        group by 1, 2, 3, 4, 5 order by 1, 3`,
      [gone],
    );
    expect(rows).toEqual([
      { name: 'Both', state: 'processed', action: 'close', settled: true, isPlain: true, n: third / 2 },
      { name: 'Both', state: 'processed', action: 'create', settled: true, isPlain: true, n: third / 2 },
      { name: 'Nothing', state: 'skipped', action: 'none', settled: true, isPlain: false, n: third },
      { name: 'Summary', state: 'skipped', action: 'none', settled: true, isPlain: false, n: third },
    ]);
    const order = bench.tickets.all.map(({ summary }) => summary.split(' ')[0]);
    const places = (name: string) => order.flatMap((first, index) => (first === name ? [index] : []));
    const middle = (name: string) => places(name)[Math.floor(places(name).length / 2)] ?? -1;
    expect(middle('Summary')).toBeLessThan(middle('Nothing'));
    expect(middle('Nothing')).toBeLessThan(middle('Both'));
    await keepHistory(gate, 'gate-drained');
    await keepHistory(temporal.client.workflow.getHandle(pens[1]?.keys[0] ?? ''), 'came-and-went');
    await keepHistory(temporal.client.workflow.getHandle(pens[0]?.keys[0] ?? ''), 'held-and-recovered');
  } finally {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
  }
}, 600_000);
