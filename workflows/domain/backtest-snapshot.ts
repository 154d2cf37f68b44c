import type { IncidentSnapshot } from '../contracts/incident.ts';
import { flapEndsAtMs, flapNoteDueMs, flapSettings } from './flap.ts';
import type { SimulatedIncident } from './backtest-incident.ts';

/** A simulated incident as `nextStep` reads one: a ticket system that always answers, no persons, nothing on its way. */
export function waitingSnapshot(incident: SimulatedIncident): IncidentSnapshot {
  const { pending, noteAt, timing, flap } = incident;
  const settings = flapSettings(timing);
  const flapNoteMs = incident.ticket === null ? null : flapNoteDueMs(flap, settings);
  const flapEndsMs = flapEndsAtMs(flap, settings);
  return {
    ...ALWAYS,
    summary: incident.summary,
    want: incident.want,
    ticketId: incident.ticket === null ? null : incident.key,
    unsettledOpens: incident.opens.length,
    unsettledCloses: incident.closes.length,
    pendingCount: pending?.count ?? 0,
    noteDueAt: pending === null || flap?.spell != null ? null : iso((noteAt ?? 0) + timing.noteIntervalSeconds * 1_000),
    flapNoteAt: flapNoteMs === null ? null : iso(flapNoteMs),
    flappingUntil: flapEndsMs === null ? null : iso(flapEndsMs),
    calmSince: incident.calmSince,
    closeDelayMs: timing.closeDelaySeconds * 1_000,
    checkedAt: incident.checkedAt === null ? null : iso(incident.checkedAt),
  };
}

const ALWAYS: IncidentSnapshot = {
  incidentId: '',
  endpointId: '',
  endpointName: '',
  summary: '',
  company: null,
  phase: 'open',
  want: 'none',
  episode: 0,
  ticketId: null,
  ticketUrl: null,
  lastTicketId: null,
  batch: 0,
  unsettledOpens: 0,
  unsettledCloses: 0,
  hasMore: false,
  pendingCount: 0,
  noteDueAt: null,
  isWriting: false,
  postingAt: null,
  postingRounds: 0,
  postingLooks: 0,
  convergeAt: null,
  calmSince: null,
  closeDelayMs: 0,
  checkedAt: null,
  nextTryAt: null,
  gateIsOpen: true,
  isBlocked: false,
  error: null,
  orders: [],
  answers: [],
  alerts: 0,
  lagBudgetMs: 0,
};

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
