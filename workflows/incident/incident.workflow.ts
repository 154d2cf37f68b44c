import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { TicketActivities } from '../../activities/tickets/ticket.activities.ts';
import { FAILURES } from '../contracts/failures.ts';
import type { IncidentEnd, IncidentInput, IncidentSnapshot } from '../contracts/incident.ts';
import { nextStep, type IncidentStep } from '../domain/incident-step.ts';
import { QUICK, TICKET } from '../policies.ts';
import { isAnalysisLost, tendAnalysis } from './incident.analysis.ts';
import { describeWait } from './incident.details.ts';
import { beginRun, noteSnapshot, stepInput, type IncidentRun } from './incident.run.ts';

const { takeAlerts } = proxyLocalActivities<Pick<TicketActivities, 'takeAlerts'>>(QUICK);
const tickets = proxyActivities<Omit<TicketActivities, 'takeAlerts'>>(TICKET);

/** The server ends a run at 10,000 signals without a hint. */
const MOST_SIGNALS = 2_000;

/** One incident from its first alert until it is closed and quiet. Facts are in Postgres; the bell says "look again". */
export async function incidentWorkflow(input: IncidentInput): Promise<IncidentEnd> {
  const run = beginRun(input.key);
  try {
    return await live(run);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return await CancellationScope.nonCancellable(() => abandon(run));
  }
}

/** A run that is cancelled before its first take does not own the incident yet: it takes it in order to settle it. */
async function abandon(run: IncidentRun): Promise<IncidentEnd> {
  for (;;) {
    try {
      await tickets.abandonIncident(stepInput(run));
      return { end: 'abandoned', ticketId: run.snapshot?.ticketId ?? null };
    } catch (error) {
      if (!isChainTaken(error)) throw error;
      run.snapshot = await take(run);
      if (run.snapshot === null) return { end: 'superseded', ticketId: null };
    }
  }
}

async function live(run: IncidentRun): Promise<IncidentEnd> {
  let state = await take(run);
  for (;;) {
    if (state === null) return { end: 'superseded', ticketId: null };
    noteSnapshot(run, state);
    tendAnalysis(run, state);
    const step: IncidentStep = isAnalysisLost(run, state) ? { do: 'writeAnalysis' } : nextStep(state, Date.now());
    run.doing = step.do;
    if (step.do === 'end' && !run.bell && allHandlersFinished()) return { end: 'closed', ticketId: state.lastTicketId };
    if (step.do === 'end' || step.do === 'wait') {
      if (step.do === 'wait' && !run.bell && isOld(run)) await continueAsNew<typeof incidentWorkflow>({ key: run.key });
      await rest(run, step, state);
      state = await take(run);
    } else {
      state = await takeStep(run, step);
    }
  }
}

function take(run: IncidentRun): Promise<IncidentSnapshot | null> {
  run.bell = false;
  return takeAlerts(stepInput(run));
}

function isOld(run: IncidentRun): boolean {
  const isLong = workflowInfo().continueAsNewSuggested || run.signals >= MOST_SIGNALS;
  return isLong && run.analysing === null && allHandlersFinished();
}

async function rest(run: IncidentRun, step: IncidentStep, state: IncidentSnapshot): Promise<void> {
  run.waitsUntil = step.do === 'wait' ? step.untilMs : null;
  const isAwake = () => run.bell || (step.do === 'end' && allHandlersFinished());
  if (run.waitsUntil === null) await condition(isAwake);
  else if (run.waitsUntil > Date.now())
    await condition(isAwake, run.waitsUntil - Date.now(), { summary: describeWait(state, run.waitsUntil) });
  run.waitsUntil = null;
}

/** Does one step. When a newer writer owned the incident meanwhile, the row is taken again: one run is open at a time. */
async function takeStep(
  run: IncidentRun,
  step: Exclude<IncidentStep, { do: 'wait' | 'end' }>,
): Promise<IncidentSnapshot | null> {
  run.bell = false;
  try {
    if (step.do === 'carryOutOrder') return await tickets.carryOutOrder({ ...stepInput(run), orderId: step.orderId });
    if (step.do === 'writeAnalysis')
      return await tickets.writeAnalysis({ ...stepInput(run), isLost: run.snapshot?.isAnalysisReady !== true });
    return await tickets[step.do](stepInput(run));
  } catch (error) {
    if (isChainTaken(error)) return take(run);
    throw error;
  }
}

function isChainTaken(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.type === FAILURES.chainTaken;
}
