import type { IncidentSnapshot } from '../contracts/incident.ts';
import { nextStep } from './incident-step.ts';

/** A run asks again for an analysis that no worker works on any more after this long. */
const ANALYSIS_LOOK_MS = 600_000;

/**
 * When a run that goes on from `state` acts next, as milliseconds; null where only a bell gives it something to do. A closed
 * gate is left out: what is due is due as soon as it opens. `ordersWait`: people asked for what cannot be carried out yet.
 */
export function wakesAt(state: IncidentSnapshot, ordersWait: boolean, nowMs: number): number | null {
  const step = nextStep({ ...state, gateIsOpen: true, ordersDueAt: null }, nowMs);
  const instants = [
    step.do === 'end' ? null : step.do === 'wait' ? step.untilMs : nowMs,
    ordersWait ? Math.max(nowMs, state.nextTryAt === null ? nowMs : Date.parse(state.nextTryAt)) : null,
    state.analysisId != null && state.isAnalysisReady !== true ? nowMs + ANALYSIS_LOOK_MS : null,
  ].filter((instant) => instant !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}
