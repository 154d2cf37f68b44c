import { startSimulatorProcess, type SimulatorProcess } from '../../infra/bench/simulator-process.ts';
import type { MadeEndpoint } from '../../infra/bench/rest-client.ts';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { readInFlight, readLedger, untilSettled, wrongInHistory, type InFlight } from './ledger.ts';
import { planStorm, type StormIncident, type StormShape } from './storm-plan.ts';
import { sendStorm, type StormSender } from './storm-sender.ts';
import type { Strike } from './strikes.ts';
import { isClean, judge, type Judged } from './verdict.ts';

export interface Scenario {
  name: string;
  shape: StormShape;
  perSecond: number;
  strikes: readonly Strike[];
  /** More `npm start` environment, such as shorter time-outs. */
  environment?: Record<string, string>;
  latencyMs?: number;
  /** Sets the ticket system's faults, before the first webhook. */
  arm?(simulator: SimulatorProcess, incidents: readonly StormIncident[]): Promise<void>;
  /** Starts more processes; answers origins of more ingresses. */
  reinforce?(stack: RunningStack): Promise<string[]>;
  settleWithinMs?: number;
  /** `noteIntervalSeconds` of the endpoints in turn; else one note an alert, and joined notes. */
  noteIntervals?: readonly number[];
  /** More of the endpoints' `ticketing`. */
  ticketing?: Record<string, unknown>;
  /** What must be true of the ended run besides; answers what is not, in words. */
  alsoHolds?(stack: RunningStack): Promise<string[]>;
  /** Every webhook must be answered 202 at the first try. */
  refusesNothing?: true;
}

export interface StormResult {
  name: string;
  sent: number;
  accepted: number;
  refused: Record<string, number>;
  strikes: { name: string; inFlight: InFlight }[];
  tickets: number;
  persons: number;
  /** From the last 202 until all was settled. */
  settledMs: number;
  judged: Judged;
  isGood: boolean;
}

/** Calls are not capped and waits are short, so that a storm takes seconds; nothing else differs from what is shipped. */
const SHORT_WAITS = { PSA_CALLS_PER_SECOND: '5000', PSA_LAG_BUDGET: '6', PSA_TIMEOUT: '3' };
/** The endpoints of a storm: one note an alert, and joined notes. */
const INTERVALS: readonly number[] = [0, 2];
const intervalOf = ({ noteIntervals = INTERVALS }: Scenario, endpoint: number) =>
  noteIntervals[endpoint % noteIntervals.length] ?? 0;
const PATIENCE_MS = 150_000;

/** One storm against a stack and a ticket system of its own, from the first webhook to the verdict. */
export async function runStorm(scenario: Scenario, say: (line: string) => void): Promise<StormResult> {
  const simulator = await startSimulatorProcess({ latencyMs: scenario.latencyMs ?? 20 });
  let stack: RunningStack | null = null;
  try {
    stack = await startRunningStack({ simulator, environment: { ...SHORT_WAITS, ...scenario.environment } });
    const endpoints = await makeEndpoints(stack, scenario);
    const result = await storm(scenario, stack, simulator, endpoints, say);
    if (!result.isGood) say(lastLinesOf(stack.stack.output()));
    await stack.stop();
    return result;
  } finally {
    await stack?.clean();
    await simulator.stop();
  }
}

async function makeEndpoints(stack: RunningStack, scenario: Scenario): Promise<MadeEndpoint[]> {
  const made: MadeEndpoint[] = [];
  for (let index = 0; index < scenario.shape.endpoints; index += 1) {
    made.push(
      await stack.makeEndpoint({
        name: `Storm ${index}`,
        ticketing: { ...scenario.ticketing, noteIntervalSeconds: intervalOf(scenario, index) },
      }),
    );
  }
  return made;
}

async function storm(
  scenario: Scenario,
  stack: RunningStack,
  simulator: SimulatorProcess,
  endpoints: readonly MadeEndpoint[],
  say: (line: string) => void,
): Promise<StormResult> {
  const incidents = planStorm(scenario.shape);
  const sent = incidents.reduce((sum, { steps }) => sum + steps.flat().length, 0);
  await scenario.arm?.(simulator, incidents);
  const origins = [stack.ingressOrigin, ...((await scenario.reinforce?.(stack)) ?? [])];
  const struck: StormResult['strikes'] = [];
  const waiting = scenario.strikes.map((strike) => ({ strike, due: Promise.withResolvers<void>() }));
  const sender = sendStorm({
    incidents,
    endpoints,
    origins,
    perSecond: scenario.perSecond,
    patienceMs: PATIENCE_MS,
    onAccepted(count) {
      for (const { strike, due } of waiting) if (count >= strike.at * sent) due.resolve();
    },
  });
  const strikes = waiting.map(async ({ strike, due }) => {
    await Promise.race([due.promise, sender.done]);
    const inFlight = await readInFlight(stack.pool, sender).catch(() => ({
      requests: sender.inFlight(),
      received: 0,
      unsettled: 0,
    }));
    struck.push({ name: strike.name, inFlight });
    say(`${strike.name}: ${sender.accepted.length} accepted, in flight ${JSON.stringify(inFlight)}`);
    await strike.run(stack);
  });
  await Promise.all([sender.done, ...strikes]);
  say(`all ${sender.accepted.length} accepted, refused meanwhile ${JSON.stringify(sender.refused)}`);
  const { persons, left, tookMs } = await untilSettled(stack, scenario.settleWithinMs ?? 180_000);
  return resultOf(scenario, { stack, simulator, incidents, sender, struck, sent, persons, left, tookMs });
}

async function resultOf(
  scenario: Scenario,
  run: {
    stack: RunningStack;
    simulator: SimulatorProcess;
    incidents: StormIncident[];
    sender: StormSender;
    struck: StormResult['strikes'];
    sent: number;
    persons: number;
    left: string[];
    tookMs: number;
  },
): Promise<StormResult> {
  await run.stack.untilReady(60_000);
  const ids = run.sender.accepted.map(({ requestId }) => requestId);
  const [ledger, { tickets }, shown] = await Promise.all([
    readLedger(run.stack.pool, ids),
    run.simulator.record(),
    wrongInHistory(run.stack.rest, ids),
  ]);
  const judged = judge(
    run.incidents,
    run.sender.accepted,
    ledger,
    tickets,
    (endpoint) => intervalOf(scenario, endpoint) !== 0,
  );
  const idle = run.struck.filter(({ inFlight }) => inFlight.requests + inFlight.received + inFlight.unsettled === 0);
  const refused =
    scenario.refusesNothing && Object.keys(run.sender.refused).length > 0
      ? [`refused meanwhile: ${JSON.stringify(run.sender.refused)}`]
      : [];
  const findings = [
    ...refused,
    ...run.left,
    ...judged.findings,
    ...shown,
    ...((await scenario.alsoHolds?.(run.stack)) ?? []),
    ...idle.map((strike) => `${strike.name}: nothing was in flight`),
  ];
  return {
    name: `${scenario.name}, seed ${scenario.shape.seed}`,
    sent: run.sent,
    accepted: ids.length,
    refused: run.sender.refused,
    strikes: run.struck,
    tickets: tickets.length,
    persons: run.persons,
    settledMs: run.tookMs,
    judged: { ...judged, findings },
    isGood:
      isClean(judged.verdict) && findings.length === 0 && ids.length === run.sent && new Set(ids).size === run.sent,
  };
}

function lastLinesOf(output: string): string {
  return output.split('\n').slice(-40).join('\n');
}
