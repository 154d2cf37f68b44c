import { armEveryFault, away } from './psa-faults.ts';
import type { Scenario } from './run-storm.ts';
import type { IncidentStory, StormShape } from './storm-plan.ts';
import { deletingTemporalsDatabase, freezing, keepingAway, killing, terminatingIncidents } from './strikes.ts';
import type { RunningStack } from '../support/running-stack.ts';
import { freePort } from '../../infra/stack/ports.ts';
import { eventually } from '../support/eventually.ts';

const STORIES: readonly IncidentStory[] = ['lasting', 'recovering', 'flapping'];
const SEEDS = [11, 23, 47] as const;

const shape = (seed: number, webhooks: number, incidents: number): StormShape => ({
  seed,
  webhooks,
  incidents,
  endpoints: 2,
  stories: STORIES,
});

/** Every process and server killed once within one small storm: the form that runs with all tests. */
export const SHORT: Scenario = {
  name: 'short: each part killed once',
  shape: shape(5, 400, 20),
  perSecond: 100,
  strikes: [
    killing('worker', 0.15),
    killing('ingress', 0.3),
    killing('temporal', 0.5),
    killing('admin', 0.6),
    killing('postgres', 0.75),
  ],
  settleWithinMs: 90_000,
};

/** The whole long form, by name. */
export function longScenarios(): Scenario[] {
  return [...SEEDS.flatMap(everySeed), ...onceScenarios()];
}

function everySeed(seed: number): Scenario[] {
  return [
    ...(['ingress', 'worker', 'admin', 'temporal', 'postgres'] as const).map((part) => ({
      name: `${part} killed`,
      shape: shape(seed, 4_000, 60),
      perSecond: 250,
      strikes: [killing(part, 0.25), killing(part, 0.6)],
    })),
    {
      name: "Temporal's database deleted",
      shape: shape(seed, 2_000, 60),
      perSecond: 250,
      strikes: [deletingTemporalsDatabase(0.4)],
    },
    {
      name: "Temporal's database deleted after the last webhook",
      shape: shape(seed, 2_000, 60),
      perSecond: 250,
      ticketing: { closeDelaySeconds: 5 },
      strikes: [deletingTemporalsDatabase(1)],
    },
    {
      name: 'every incident terminated after the last webhook',
      shape: shape(seed, 2_000, 60),
      perSecond: 250,
      ticketing: { closeDelaySeconds: 5 },
      strikes: [terminatingIncidents(1, 60)],
    },
    {
      name: 'incidents terminated',
      shape: shape(seed, 2_000, 60),
      perSecond: 250,
      strikes: [terminatingIncidents(0.3, 30), terminatingIncidents(0.7, 30)],
    },
    {
      name: 'two of each process',
      shape: shape(seed, 2_000, 60),
      perSecond: 250,
      strikes: [killing('ingress', 0.3), killing('worker', 0.5)],
      reinforce,
    },
    {
      name: 'every fault of the ticket system',
      shape: shape(seed, 2_000, 160),
      perSecond: 100,
      strikes: [],
      arm: armEveryFault,
      settleWithinMs: 400_000,
    },
  ];
}

/** Long absences, once each. */
function onceScenarios(): Scenario[] {
  return [
    {
      name: 'ticket system away for 100 s with 500 incidents',
      shape: shape(71, 2_000, 500),
      perSecond: 250,
      strikes: [],
      arm: away('refuse', 100_000),
      settleWithinMs: 600_000,
      alsoHolds: gateClosed,
    },
    {
      name: 'Temporal frozen for 2 minutes at 100/s',
      shape: shape(83, 14_000, 200),
      perSecond: 100,
      strikes: [freezing('temporal', 0.05, 120_000)],
      settleWithinMs: 60_000,
      noteIntervals: [5],
      refusesNothing: true,
    },
    {
      name: 'Temporal away for 30 s',
      shape: shape(89, 4_000, 200),
      perSecond: 100,
      strikes: [keepingAway('temporal', 0.1, 30_000)],
      settleWithinMs: 60_000,
      refusesNothing: true,
    },
    {
      name: 'Postgres away for 15 s',
      shape: shape(97, 2_000, 60),
      perSecond: 100,
      strikes: [keepingAway('postgres', 0.3, 15_000)],
    },
  ];
}

/** The outage was long enough for the gate, which is open again. */
async function gateClosed({ pool }: RunningStack): Promise<string[]> {
  const { rows } = await pool.query<{ waited: number; closed: number }>(
    `select (select count(distinct incident_id) from incident_event where kind = 'waiting') as waited,
       (select count(*) from connection where gate = 'closed') as closed`,
  );
  const { waited = 0, closed = 0 } = rows[0] ?? {};
  return [...(waited > 0 ? [] : ['the gate never closed']), ...(closed === 0 ? [] : ['the gate is still closed'])];
}

/** A second ingress with a dispatcher of its own, and a second worker. */
async function reinforce(stack: RunningStack): Promise<string[]> {
  const port = String(await freePort());
  const origin = `http://127.0.0.1:${port}`;
  await stack.startExtra('ingress/main.ts', { PORT: port });
  const metrics = String(await freePort());
  await stack.startExtra('activities/worker.ts', { WORKER_METRICS_PORT: metrics });
  await eventually(
    async () =>
      (await fetch(`${origin}/health/ready`)).ok && (await fetch(`http://127.0.0.1:${metrics}/health/ready`)).ok,
    30_000,
    100,
  );
  return [origin];
}
