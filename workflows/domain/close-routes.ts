import type { PlannedAlert } from '../contracts/plan.ts';

/** An incident that a close without a customer could mean. */
export interface OpenIncident {
  key: string;
  endpointId: string;
  summaryDigest: string;
  customer: string | null;
  ticketId: string | null;
}

export type CloseRoute = { to: 'incident'; key: string } | { to: 'nobody'; error: string };

/**
 * Where closes go that name no customer. Told of every alert of a batch in order: `noteOpen` for one that opens, `routeOf`
 * for such a close. Its own incident when that is open, else the only open one with its summary; several refuse it with the list.
 */
export function createCloseRoutes(open: readonly OpenIncident[]) {
  const bySummary = new Map<string, Map<string, OpenIncident>>();
  const place = (endpointId: string, digest: string) => {
    const name = `${endpointId} ${digest}`;
    const known = bySummary.get(name) ?? new Map<string, OpenIncident>();
    bySummary.set(name, known);
    return known;
  };
  for (const incident of open) place(incident.endpointId, incident.summaryDigest).set(incident.key, incident);
  return {
    noteOpen(endpointId: string, alert: PlannedAlert): void {
      const known = place(endpointId, alert.summaryDigest);
      if (known.has(alert.incidentKey)) return;
      known.set(alert.incidentKey, {
        key: alert.incidentKey,
        endpointId,
        summaryDigest: alert.summaryDigest,
        customer: alert.customer,
        ticketId: null,
      });
    },
    routeOf(endpointId: string, alert: PlannedAlert): CloseRoute {
      const known = place(endpointId, alert.summaryDigest);
      if (known.has(alert.incidentKey) || known.size === 0) return { to: 'incident', key: alert.incidentKey };
      const [only, ...others] = [...known.values()];
      if (only !== undefined && others.length === 0) return { to: 'incident', key: only.key };
      return { to: 'nobody', error: refusal([...known.values()]) };
    },
  };
}

export type CloseRoutes = ReturnType<typeof createCloseRoutes>;

/** Whether a close could mean another incident than its own. */
export function isUnnamedClose(alert: PlannedAlert): boolean {
  return alert.kind === 'close' && alert.customer === null && alert.disposition === 'incident';
}

function refusal(open: readonly OpenIncident[]): string {
  const list = open.map(
    ({ customer, ticketId }) =>
      `${customer ?? 'no customer'} (${ticketId === null ? 'no ticket yet' : `ticket ${ticketId}`})`,
  );
  return `The close names no customer and ${open.length} incidents with this summary are open: ${list.join(', ')}.`;
}
