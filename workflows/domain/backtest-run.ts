import type { Plan, PlannedAlert } from '../contracts/plan.ts';
import { createCountingDesk, noCounts, type BacktestCounts } from './backtest-counts.ts';
import {
  advanceIncident,
  isOpenIncident,
  newIncident,
  receiveAlerts,
  type IncidentTiming,
  type SimulatedIncident,
  type SimulatedTicket,
} from './backtest-incident.ts';
import { createCloseRoutes, isUnnamedClose, type CloseRoutes } from './close-routes.ts';
import type { FoldAlert } from './incident-fold.ts';

/** One recorded webhook as a run takes it. `heldUntilMs`: when what suppresses it ends; null when it suppresses nothing. */
export interface PlannedWebhook {
  id: string;
  endpointId: string;
  seq: number;
  receivedAt: string;
  plan: Plan;
  timing: IncidentTiming;
  heldUntilMs: number | null;
}

/** Recorded webhooks lived through in virtual time, each incident by its own state functions. */
export interface BacktestRun {
  counts: BacktestCounts;
  tickets: readonly SimulatedTicket[];
  /** Takes the next webhook, in `seq` order. */
  take(webhook: PlannedWebhook): void;
  /** Lets everything due until then happen. */
  finish(atMs: number): void;
  /** The last note that was written, as the ticket would show it. */
  lastNote(): string | null;
}

interface Held {
  incident: SimulatedIncident;
  untilMs: number;
  alerts: FoldAlert[];
}

/** Begins a run with no incident. It is pure: time is what the webhooks say. */
export function createBacktestRun(): BacktestRun {
  const counts = noCounts();
  const incidents = new Map<string, SimulatedIncident>();
  const bySummary = new Map<string, Set<SimulatedIncident>>();
  const held = new Map<SimulatedIncident, Held>();
  const { desk, tickets, lastNote } = createCountingDesk(counts);

  const advance = (incident: SimulatedIncident, untilMs: number): void => {
    const waiting = held.get(incident);
    if (waiting !== undefined && waiting.untilMs <= untilMs) {
      held.delete(incident);
      advanceIncident(incident, waiting.untilMs, desk);
      receiveAlerts(incident, waiting.alerts, waiting.untilMs, desk);
    }
    advanceIncident(incident, untilMs, desk);
  };

  const incidentOf = (key: string, alert: PlannedAlert, timing: IncidentTiming): SimulatedIncident => {
    const known = incidents.get(key) ?? newIncident(key, alert, timing);
    if (known.ticket === null && alert.kind !== 'close') {
      const { summary, companyId, board } = alert.ticket;
      Object.assign(known, { summary, companyId, board });
    }
    known.timing = timing;
    incidents.set(key, known);
    const alike = bySummary.get(alert.summaryDigest) ?? new Set();
    if (known.summaryDigest === alert.summaryDigest) bySummary.set(alert.summaryDigest, alike.add(known));
    return known;
  };

  const routesOf = (endpointId: string, digest: string, nowMs: number): CloseRoutes => {
    const alike = [...(bySummary.get(digest) ?? [])];
    for (const incident of alike) advance(incident, nowMs);
    return createCloseRoutes(
      alike
        .filter((incident) => isOpenIncident(incident) || held.has(incident))
        .map(({ key, summaryDigest, customer, ticket }) => ({
          key,
          endpointId,
          summaryDigest,
          customer,
          ticketId: ticket === null ? null : key,
        })),
    );
  };

  const hold = (incident: SimulatedIncident, alert: FoldAlert, untilMs: number): void => {
    counts.held += 1;
    const known = held.get(incident);
    if (known === undefined) held.set(incident, { incident, untilMs, alerts: [alert] });
    else {
      known.alerts.push(alert);
      known.untilMs = untilMs;
    }
  };

  const keyOf = (webhook: PlannedWebhook, alert: PlannedAlert, before: readonly PlannedAlert[]): string | null => {
    if (!isUnnamedClose(alert)) return alert.incidentKey;
    const routes = routesOf(webhook.endpointId, alert.summaryDigest, Date.parse(webhook.receivedAt));
    for (const earlier of before) routes.noteOpen(webhook.endpointId, earlier);
    const route = routes.routeOf(webhook.endpointId, alert);
    return route.to === 'incident' ? route.key : null;
  };

  return {
    counts,
    tickets,
    take(webhook) {
      const nowMs = Date.parse(webhook.receivedAt);
      const batches = new Map<SimulatedIncident, FoldAlert[]>();
      const opened: PlannedAlert[] = [];
      if (webhook.plan.failure !== null) counts.unplanned += 1;
      for (const alert of webhook.plan.alerts) {
        counts.alerts += 1;
        if (alert.disposition === 'skip') {
          const reason = alert.reason ?? 'trigger';
          counts.skipped[reason] = (counts.skipped[reason] ?? 0) + 1;
          continue;
        }
        const key = keyOf(webhook, alert, opened);
        if (key === null) {
          counts.refusedCloses += 1;
          continue;
        }
        const incident = incidentOf(key, alert, webhook.timing);
        advance(incident, nowMs);
        if (alert.kind !== 'close') opened.push(alert);
        const folded = foldAlertOf(webhook, alert);
        if (alert.disposition === 'hold') {
          hold(incident, folded, webhook.heldUntilMs ?? nowMs);
          continue;
        }
        if (alert.kind === 'close') {
          counts.recoveredWhileHeld += held.get(incident)?.alerts.length ?? 0;
          held.delete(incident);
        }
        batches.set(incident, [...(batches.get(incident) ?? []), folded]);
      }
      for (const [incident, alerts] of batches) receiveAlerts(incident, alerts, nowMs, desk);
    },
    finish(atMs) {
      for (const incident of incidents.values()) advance(incident, atMs);
      counts.openAtEnd = [...incidents.values()].filter(({ ticket }) => ticket !== null).length;
    },
    lastNote,
  };
}

function foldAlertOf(webhook: PlannedWebhook, alert: PlannedAlert): FoldAlert {
  return {
    webhookId: webhook.id,
    n: alert.n,
    seq: webhook.seq,
    kind: alert.kind,
    message: alert.message,
    receivedAt: webhook.receivedAt,
  };
}
