import { Context } from '@temporalio/activity';
import type { AnalysisNoteInput, IncidentSnapshot, StepInput } from '../../workflows/contracts/incident.ts';
import { writeAnalysis } from '../analysis/write-analysis.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Step } from '../journal/own-incident.ts';
import { takeAlerts as take } from '../journal/take.ts';
import { abandonIncident as abandon } from './abandon-incident.ts';
import { carryOutOrder as carryOut, type OrderStepInput } from './carry-out-order.ts';
import { checkTicket as check, convergeTickets as converge } from './check-ticket.ts';
import { closeTicket as close } from './close-ticket.ts';
import { openTicket as open } from './open-ticket.ts';
import { writeNotes as write } from './write-notes.ts';

const BEAT_MS = 3_000;

/** The incident's activities. Each may run twice; each writes only while its run owns the incident, else throws `ChainTaken`. */
export function createTicketActivities(deps: ActivityDeps) {
  return {
    takeAlerts: (input: StepInput): Promise<IncidentSnapshot | null> =>
      take(deps.pool, deps.settings.lagBudgetMs, input),
    openTicket: (input: StepInput) => beating(() => open(stepOf(deps, input))),
    writeNotes: (input: StepInput) => beating(() => write(stepOf(deps, input))),
    closeTicket: (input: StepInput) => beating(() => close(stepOf(deps, input))),
    checkTicket: (input: StepInput) => beating(() => check(stepOf(deps, input))),
    convergeTickets: (input: StepInput) => beating(() => converge(stepOf(deps, input))),
    carryOutOrder: (input: OrderStepInput) => beating(() => carryOut(stepOf(deps, input), input.orderId)),
    writeAnalysis: (input: AnalysisNoteInput) => beating(() => writeAnalysis(stepOf(deps, input), input)),
    abandonIncident: (input: StepInput) => beating(() => abandon(stepOf(deps, input))),
  };
}

export type TicketActivities = ReturnType<typeof createTicketActivities>;

/** A step on the workflow's clock: its time at scheduling plus what this attempt has taken. */
export function stepOf(
  deps: ActivityDeps,
  input: StepInput,
  signal: AbortSignal = Context.current().cancellationSignal,
): Step {
  const begunAt = performance.now();
  return {
    deps,
    input,
    signal,
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
