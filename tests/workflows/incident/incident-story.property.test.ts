import type { TestWorkflowEnvironment } from '@temporalio/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBells } from '../../../activities/bells.ts';
import type { TicketSystem } from '../../../activities/tickets/ticket-system.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { createLogger } from '../../../infra/observability/logger.ts';
import { createBellStore } from '../../../ingress/dispatcher/bell-store.ts';
import { createDispatchMetrics } from '../../../ingress/dispatcher/dispatch-metrics.ts';
import { createRinger, type Ringer } from '../../../ingress/dispatcher/ring.ts';
import { INCIDENT_QUERY, type IncidentView } from '../../../workflows/contracts/incident.ts';
import { eventually } from '../../support/eventually.ts';
import type { Fault } from '../../support/fake-tickets.ts';
import { benchPool } from '../../support/incident-bench.ts';
import { runWorkers } from '../../support/incident-worker.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';
import { aWatchedIncident, hear, type WatchedIncident } from '../../support/watched-incident.ts';
import { timeSkipping } from '../../support/temporal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LIVES_AT_ONCE = 10;

let database: TestDatabase;
let pool: Pool;
let env: TestWorkflowEnvironment;

beforeAll(async () => {
  quietRuntime();
  [database, env] = await Promise.all([testDatabase(), timeSkipping()]);
  pool = benchPool(database.url);
});
afterAll(async () => {
  await env?.teardown();
  await pool?.end();
  await database?.drop();
});

type Command =
  | { do: 'alert'; kind: 'open' | 'close' }
  | { do: 'nothing' }
  | { do: 'fault'; faults: (Fault | null)[] }
  | { do: 'person'; what: 'close' | 'delete' | 'rename' }
  | { do: 'order'; kind: 'note' | 'close' | 'retry' | 'acknowledge' | 'snooze' }
  | { do: 'lose the run' };

const fault = fc.constantFrom<(Fault | null)[]>(
  null,
  'lost-reply',
  'no-answer-no-effect',
  'unavailable',
  'throttled',
  'refused',
  'bad-key',
);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('alert' as const),
      kind: fc.constantFrom('open' as const, 'close' as const),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'nothing' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'lose the run' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      faults: fc.array(fault, { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('person' as const),
      what: fc.constantFrom('close' as const, 'delete' as const, 'rename' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      kind: fc.constantFrom(
        'note' as const,
        'close' as const,
        'retry' as const,
        'acknowledge' as const,
        'snooze' as const,
      ),
    }),
  },
);
const settings = fc.record({
  noteIntervalSeconds: fc.constantFrom(0, 30),
  closeDelaySeconds: fc.constantFrom(0, 600),
  reopenWindowSeconds: fc.constantFrom(0, 3_600),
});
/** Between two rounds of commands: from a burst to more silence than the heartbeat allows. */
const pauses = fc.constantFrom(0, 1_000, 40_000, 15 * MINUTE, 3 * HOUR);
const story = fc.record({
  lives: fc.array(fc.record({ settings, commands: fc.array(command, { minLength: 8, maxLength: 8 }) }), {
    minLength: LIVES_AT_ONCE,
    maxLength: LIVES_AT_ONCE,
  }),
  pauses: fc.array(pauses, { minLength: 8, maxLength: 8 }),
});

/** The run ends without a word, at rest only: over a step of a terminated run the test server never skips time again. */
async function loseRun({ key }: WatchedIncident): Promise<void> {
  const handle = env.client.workflow.getHandle(key);
  const isAtRest = async () => (await handle.query<IncidentView>(INCIDENT_QUERY)).doing === 'wait';
  await eventually(isAtRest, 3_000).then(
    () => handle.terminate('lost').catch(() => undefined),
    () => undefined,
  );
}

async function obey(incident: WatchedIncident, told: Command): Promise<void> {
  const { tickets } = incident;
  const open = tickets.all.find((ticket) => ticket.isOpen);
  if (told.do === 'alert') {
    await incident.alert(told.kind);
    await hear(incident);
  } else if (told.do === 'fault') tickets.faults = [...told.faults];
  else if (told.do === 'order') await incident.ask(told.kind);
  else if (told.do === 'lose the run') await loseRun(incident);
  else if (told.do === 'nothing' || open === undefined) return;
  else if (told.what === 'close') tickets.person(open.id, { isOpen: false, statusName: 'Closed' });
  else if (told.what === 'delete') tickets.all.splice(tickets.all.indexOf(open), 1);
  else tickets.person(open.id, { summary: 'Renamed by a person' });
}

/** The dispatcher's own bells, on the skipped clock: what is overdue there is overdue now. */
async function ring(ringer: Ringer): Promise<void> {
  const nowMs = await env.currentTimeMs();
  await pool.query(
    `update incident set wakes_at = clock_timestamp() - interval '2 minutes' where not bell and wakes_at < $1`,
    [new Date(nowMs - MINUTE)],
  );
  await ringer.ringOverdue();
  await ringer.ringAgain();
  await ringer.ringGates();
  await eventually(() => ringer.waiting() === 0, 20_000);
}

const openOf = ({ tickets }: WatchedIncident) => tickets.all.filter(({ isOpen }) => isOpen);

it('never has two open tickets and never loses a close, an alert or a silence, whatever happens in whatever order of skipped time', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ lives, pauses: spans }) => {
      const elsewhere = new Map<string, TicketSystem>();
      const incidents: WatchedIncident[] = [];
      for (const life of lives) incidents.push(await aWatchedIncident(pool, env, life.settings));
      for (const { deps, tickets } of incidents) elsewhere.set(deps.connection, tickets);
      const [first] = incidents as [WatchedIncident];
      const logger = createLogger('test', 'fatal');
      const { stop } = await runWorkers(env.nativeConnection, env.namespace ?? 'default', {
        ...first.deps,
        connection: 'silences',
        tickets: first.silences,
        elsewhere,
        bells: createBells(env.client, pool, logger),
      });
      const store = createBellStore(pool, { againMs: [0], overdueMs: MINUTE });
      const ringer = createRinger({
        client: env.client,
        store,
        logger,
        metrics: createDispatchMetrics(),
        deadlineMs: 5_000,
      });
      const pass = async (ms: number) => {
        await ring(ringer);
        await env.sleep(ms);
        const nowMs = await env.currentTimeMs();
        for (const incident of incidents) incident.nowMs = nowMs;
        for (const incident of incidents) expect(openOf(incident).length).toBeLessThanOrEqual(1);
      };
      const settle = async (isSettled: () => Promise<boolean>) =>
        eventually(
          async () => {
            await pass(10 * MINUTE);
            return isSettled();
          },
          90_000,
          50,
        );
      try {
        for (const incident of incidents) await incident.watch();
        for (const [round, span] of spans.entries()) {
          await Promise.all(
            incidents.map((incident, n) => obey(incident, lives[n]?.commands[round] ?? { do: 'nothing' })),
          );
          await pass(span);
        }
        for (const incident of incidents) incident.tickets.faults = [];
        for (const incident of incidents) await incident.ask('retry');
        await settle(async () => {
          for (const incident of incidents)
            if ((await incident.row())['phase'] === 'uncertain') await incident.ask('create');
          return (await Promise.all(incidents.map((incident) => incident.isSettled()))).every(Boolean);
        });
        for (const incident of incidents) await obey(incident, { do: 'alert', kind: 'close' });
        await settle(async () => {
          const settled = await Promise.all(incidents.map((incident) => incident.isSettled()));
          return settled.every(Boolean) && incidents.every((incident) => openOf(incident).length === 0);
        });
        for (const incident of incidents) {
          const alerts = await incident.alerts();
          expect(alerts.filter(({ state }) => state !== 'processed')).toEqual([]);
          for (const { notes } of incident.tickets.all) {
            const keys = notes.map(({ key }) => key);
            expect(new Set(keys).size).toBe(keys.length);
          }
        }
        for (const incident of incidents) await hear(incident);
        await settle(async () => first.silences.all.every(({ isOpen }) => !isOpen));
        const silent = spans.some((span) => span > 2 * HOUR);
        if (silent) expect(first.silences.all.length).toBeGreaterThan(0);
      } finally {
        await ringer.stop();
        for (const incident of incidents) await incident.unwatch();
        await stop();
      }
    }),
    { numRuns: Number(process.env['STORY_RUNS'] ?? 1), endOnFailure: true },
  );
}, 300_000);
