import { Context } from '@temporalio/activity';
import type { AnalysisNoteInput, IncidentSnapshot, StepInput } from '../../workflows/contracts/incident.ts';
import { writeAnalysis } from '../analysis/write-analysis.ts';
import { endpointOfIncident } from '../../workflows/contracts/ids.ts';
import { nextStep, type IncidentStep } from '../../workflows/domain/incident-step.ts';
import { atMost } from '../at-most.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Step } from '../journal/own-incident.ts';
import { takeAlerts as take } from '../journal/take.ts';
import { abandonIncident as abandon } from './abandon-incident.ts';
import { carryOutOrder as carryOut, type OrderStepInput } from './carry-out-order.ts';
import { checkTicket as check, convergeTickets as converge } from './check-ticket.ts';
import { closeTicket as close } from './close-ticket.ts';
import { openTicket as open } from './open-ticket.ts';
import { depsOf } from './deps-of-connection.ts';
import { createEndpointFence } from './endpoint-fence.ts';
import { recordTrouble } from './record-trouble.ts';
import { writeNotes as write } from './write-notes.ts';

/** More at once only wait for each other: each is a short transaction. */
const MOST_TAKES = 4;
const BEAT_MS = 3_000;
/** What the fence would send away again: told with the take, it costs no activity. */
const TICKET_STEPS: ReadonlySet<IncidentStep['do']> = new Set([
  'openTicket',
  'writeNotes',
  'closeTicket',
  'checkTicket',
  'convergeTickets',
]);

/** The incident's activities. Each may run twice; each writes only while its run owns the incident, else throws `ChainTaken`. */
export function createTicketActivities(deps: ActivityDeps) {
  const fence = createEndpointFence();
  const takeTurn = atMost(MOST_TAKES);
  const stepping = <I extends StepInput>(work: (step: Step, input: I) => Promise<IncidentSnapshot>) => {
    return (input: I): Promise<IncidentSnapshot> =>
      beating(async () => {
        const step = await stepOf(deps, input);
        return fence
          .within(endpointOfIncident(input.key), () => work(step, input))
          .catch((error: unknown) => recordTrouble(step, error));
      });
  };
  return {
    takeAlerts: async (input: StepInput): Promise<IncidentSnapshot | null> => {
      const snapshot = await takeTurn(() => take(deps.pool, deps.settings.lagBudgetMs, input));
      if (snapshot === null || !TICKET_STEPS.has(nextStep(snapshot, Date.parse(input.now)).do)) return snapshot;
      const refusal = fence.refusal(endpointOfIncident(input.key));
      return refusal === null ? snapshot : recordTrouble(await stepOf(deps, input), refusal);
    },
    openTicket: stepping(open),
    writeNotes: stepping(write),
    closeTicket: stepping(close),
    checkTicket: stepping(check),
    convergeTickets: stepping(converge),
    carryOutOrder: stepping((step, input: OrderStepInput) => carryOut(step, input.orderId)),
    writeAnalysis: stepping<AnalysisNoteInput>(writeAnalysis),
    abandonIncident: (input: StepInput) => beating(async () => abandon(await stepOf(deps, input))),
  };
}

export type TicketActivities = ReturnType<typeof createTicketActivities>;

/** A step on the workflow's clock: its time at scheduling plus what this attempt has taken. Its ticket system is the incident's own. */
async function stepOf(deps: ActivityDeps, input: StepInput): Promise<Step> {
  const begunAt = performance.now();
  const { rows } = await deps.pool.query<{ connection: string }>('select connection from incident where key = $1', [
    input.key,
  ]);
  return {
    deps: depsOf(deps, rows[0]?.connection ?? deps.connection),
    input,
    signal: Context.current().cancellationSignal,
    now: () => new Date(Date.parse(input.now) + Math.round(performance.now() - begunAt)).toISOString(),
  };
}

async function beating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
