import type { IncidentWant } from '../contracts/incident.ts';
import type { PlannedAlert } from '../contracts/plan.ts';
import { addToPending, foldAlerts, type FoldAlert, type PendingNote } from './incident-fold.ts';
import { advanceFlap, flapHeading, flapNoted, flapNotice, flapSettings, type FlapState } from './flap.ts';
import { joinedNoteText } from './incident-notes.ts';
import { nextStep } from './incident-step.ts';
import { waitingSnapshot } from './backtest-snapshot.ts';

/** The settings of an endpoint that say when notes and closes are due, as `ticketing` has them. */
export interface IncidentTiming {
  noteIntervalSeconds: number;
  closeDelaySeconds: number;
  reopenWindowSeconds: number;
  flapChanges?: number;
  flapMinutes?: number;
  flapCalmMinutes?: number;
}

/** A ticket that would have been made. Instants are ISO strings; `alerts` counts those that it answers. */
export interface SimulatedTicket {
  incidentKey: string;
  summary: string;
  companyId: string | null;
  board: string | null;
  openedAt: string;
  closedAt: string | null;
  alerts: number;
  notes: number;
  reopened: number;
}

/** What a simulated incident does to the outside, told as it happens. */
export interface SimulatedDesk {
  create(incident: SimulatedIncident, at: string): SimulatedTicket;
  reopen(ticket: SimulatedTicket): void;
  /** One note, with its text. */
  note(ticket: SimulatedTicket, text: string): void;
  close(ticket: SimulatedTicket, at: string): void;
  closeNothing(): void;
}

/** An incident in virtual time: the columns of its row that decide, and its alerts that are not settled. */
export interface SimulatedIncident {
  key: string;
  summary: string;
  summaryDigest: string;
  customer: string | null;
  companyId: string | null;
  board: string | null;
  timing: IncidentTiming;
  want: IncidentWant;
  calmSince: string | null;
  pending: PendingNote | null;
  draft: { webhookId: string; n: number } | null;
  ticket: SimulatedTicket | null;
  lastTicket: SimulatedTicket | null;
  closedAt: number | null;
  noteAt: number | null;
  checkedAt: number | null;
  flap: FlapState | null;
  opens: FoldAlert[];
  closes: FoldAlert[];
  /** When the state must be looked at again; null while nothing is due. */
  wakeMs: number | null;
}

/** An incident before its first alert, with the words of that alert. */
export function newIncident(key: string, alert: PlannedAlert, timing: IncidentTiming): SimulatedIncident {
  return {
    key,
    summary: alert.ticket.summary,
    summaryDigest: alert.summaryDigest,
    customer: alert.customer,
    companyId: alert.ticket.companyId,
    board: alert.ticket.board,
    timing,
    ...CLOSED,
    draft: null,
    lastTicket: null,
    closedAt: null,
    flap: null,
    opens: [],
    closes: [],
    wakeMs: null,
  };
}

/** Whether a close may mean it: it has or wants a ticket. */
export function isOpenIncident(incident: SimulatedIncident): boolean {
  return incident.ticket !== null || incident.want === 'open' || incident.opens.length > 0;
}

/** Does what is due until `untilMs`, each at its own time. */
export function advanceIncident(incident: SimulatedIncident, untilMs: number, desk: SimulatedDesk): void {
  while (incident.wakeMs !== null && incident.wakeMs <= untilMs) act(incident, incident.wakeMs, desk);
}

/** Takes alerts that came together, in order, by the incident's own folding, and does what follows at once. */
export function receiveAlerts(
  incident: SimulatedIncident,
  alerts: readonly FoldAlert[],
  nowMs: number,
  desk: SimulatedDesk,
): void {
  const intervalMs = incident.timing.noteIntervalSeconds * 1_000;
  const isAtRest =
    incident.ticket === null && incident.want !== 'open' && incident.opens.length + incident.closes.length === 0;
  incident.flap = advanceFlap(incident.flap, alerts, flapSettings(incident.timing), isAtRest);
  const isInBurst =
    incident.flap?.spell != null ||
    (intervalMs > 0 &&
      (incident.pending !== null || (incident.noteAt !== null && incident.noteAt + intervalMs > nowMs)));
  const { want, calmSince, pending, draft } = incident;
  const hasTicket = incident.ticket !== null;
  const folded = foldAlerts(
    { hasTicket, want, calmSince, pending, draft: hasTicket ? null : draft, isInBurst },
    alerts,
  );
  for (const alert of alerts) (alert.kind === 'close' ? incident.closes : incident.opens).push(alert);
  incident.want = folded.want;
  incident.calmSince = folded.calmSince;
  incident.draft = folded.draft ?? draft;
  if (folded.counted.length > 0) incident.pending = folded.pending;
  if (incident.ticket !== null) incident.ticket.alerts += alerts.length;
  const last = folded.counted.at(-1);
  if (last !== undefined) settle(incident, last);
  act(incident, nowMs, desk);
}

function act(incident: SimulatedIncident, nowMs: number, desk: SimulatedDesk): void {
  for (;;) {
    const step = nextStep(waitingSnapshot(incident), nowMs);
    switch (step.do) {
      case 'openTicket':
        openTicket(incident, nowMs, desk);
        break;
      case 'writeNotes':
        writeNotes(incident, nowMs, desk);
        break;
      case 'closeTicket':
        closeTicket(incident, nowMs, desk);
        break;
      case 'checkTicket':
        incident.checkedAt = nowMs;
        break;
      case 'wait':
        incident.wakeMs = step.untilMs;
        return;
      case 'end':
      case 'carryOutOrder':
      case 'convergeTickets':
        incident.wakeMs = null;
        return;
    }
  }
}

function openTicket(incident: SimulatedIncident, nowMs: number, desk: SimulatedDesk): void {
  const { lastTicket, closedAt, timing } = incident;
  const windowMs = timing.reopenWindowSeconds * 1_000;
  const isReopened = windowMs > 0 && lastTicket !== null && closedAt !== null && nowMs <= closedAt + windowMs;
  if (isReopened) desk.reopen(lastTicket);
  const ticket = isReopened ? lastTicket : desk.create(incident, iso(nowMs));
  ticket.alerts += incident.opens.length + incident.closes.length;
  incident.ticket = ticket;
  incident.closedAt = null;
  incident.checkedAt = nowMs;
  incident.noteAt = null;
  const first = toldFirst(incident, isReopened);
  if (first === undefined) return;
  incident.opens = incident.opens.filter((alert) => alert !== first);
  incident.closes = incident.closes.filter(({ seq }) => seq >= first.seq);
  if (isReopened) incident.pending = addToPending(incident.pending, first, true);
  const last = incident.opens.at(-1);
  if ((timing.noteIntervalSeconds === 0 && incident.flap?.spell == null) || last === undefined) return;
  incident.pending = countIn(incident.pending, incident.opens);
  settle(incident, last);
}

function toldFirst(incident: SimulatedIncident, isReopened: boolean): FoldAlert | undefined {
  const { draft, opens } = incident;
  const drafted = isReopened
    ? undefined
    : opens.find(({ webhookId, n }) => draft !== null && webhookId === draft.webhookId && n === draft.n);
  return drafted ?? opens[0];
}

function writeNotes(incident: SimulatedIncident, nowMs: number, desk: SimulatedDesk, isClosing = false): void {
  const { ticket } = incident;
  if (ticket === null) return;
  const settings = flapSettings(incident.timing);
  for (;;) {
    const notice = flapNotice(incident.flap, settings, nowMs, isClosing);
    if (notice === 'lasts' || (notice === 'none' && incident.pending === null && incident.opens.length === 0)) return;
    const isEach = incident.timing.noteIntervalSeconds === 0 && notice === 'none';
    const told = isEach ? (incident.pending === null ? incident.opens.slice(0, 1) : []) : incident.opens;
    const note = countIn(incident.pending, told);
    desk.note(ticket, `${flapHeading(incident.flap, settings, notice)}${note === null ? '' : joinedNoteText(note)}`);
    incident.flap = flapNoted(incident.flap, notice);
    incident.pending = null;
    incident.noteAt = nowMs;
    incident.checkedAt = nowMs;
    const last = told.at(-1);
    if (last !== undefined) settle(incident, last);
  }
}

function closeTicket(incident: SimulatedIncident, nowMs: number, desk: SimulatedDesk): void {
  const { ticket } = incident;
  if (ticket === null) desk.closeNothing();
  else {
    writeNotes(incident, nowMs, desk, true);
    desk.close(ticket, iso(nowMs));
    incident.lastTicket = ticket;
    incident.closedAt = nowMs;
    incident.draft = null;
  }
  Object.assign(incident, CLOSED);
  incident.opens = [];
  incident.closes = [];
}

const CLOSED = { ticket: null, want: 'none', calmSince: null, pending: null, noteAt: null, checkedAt: null } as const;

function countIn(pending: PendingNote | null, alerts: readonly FoldAlert[]): PendingNote | null {
  return alerts.reduce<PendingNote | null>((note, alert) => addToPending(note, alert, false), pending);
}

/** Everything up to this alert is told. */
function settle(incident: SimulatedIncident, through: FoldAlert): void {
  const isLater = (alert: FoldAlert) => alert.seq > through.seq || (alert.seq === through.seq && alert.n > through.n);
  incident.opens = incident.opens.filter(isLater);
  incident.closes = incident.closes.filter(isLater);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
