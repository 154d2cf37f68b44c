import type { SkipReason } from '../contracts/plan.ts';
import type { SimulatedDesk, SimulatedTicket } from './backtest-incident.ts';

/** What a run did to the outside, and what of it went nowhere. */
export interface BacktestCounts {
  alerts: number;
  tickets: number;
  reopened: number;
  notes: number;
  closes: number;
  /** Closes for which no ticket was open. */
  closesOfNothing: number;
  openAtEnd: number;
  /** Alerts that went to no incident, by reason. */
  skipped: Partial<Record<SkipReason, number>>;
  held: number;
  /** Held alerts that were over before their window was. */
  recoveredWhileHeld: number;
  /** Closes that name no customer while several incidents have their summary. */
  refusedCloses: number;
  /** Webhooks that could not be planned. */
  unplanned: number;
}

/** Counts before anything was taken. */
export function noCounts(): BacktestCounts {
  return {
    alerts: 0,
    tickets: 0,
    reopened: 0,
    notes: 0,
    closes: 0,
    closesOfNothing: 0,
    openAtEnd: 0,
    skipped: {},
    held: 0,
    recoveredWhileHeld: 0,
    refusedCloses: 0,
    unplanned: 0,
  };
}

/** A ticket system that only counts. `tickets` are in the order they were made. */
export function createCountingDesk(counts: BacktestCounts): {
  desk: SimulatedDesk;
  tickets: readonly SimulatedTicket[];
  lastNote(): string | null;
} {
  const tickets: SimulatedTicket[] = [];
  let note: string | null = null;
  const desk: SimulatedDesk = {
    create({ key, summary, companyId, board }, at) {
      const words = { incidentKey: key, summary, companyId, board };
      const ticket = { ...words, openedAt: at, closedAt: null, alerts: 0, notes: 0, reopened: 0 };
      counts.tickets += 1;
      tickets.push(ticket);
      return ticket;
    },
    reopen(ticket) {
      counts.reopened += 1;
      ticket.reopened += 1;
      ticket.closedAt = null;
    },
    note(ticket, text) {
      counts.notes += 1;
      ticket.notes += 1;
      note = text;
    },
    close(ticket, at) {
      counts.closes += 1;
      ticket.closedAt = at;
    },
    closeNothing() {
      counts.closesOfNothing += 1;
    },
  };
  return { desk, tickets, lastNote: () => note };
}
