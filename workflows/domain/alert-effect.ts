import type { TicketingConfig } from '../contracts/endpoint-config.ts';
import type { Plan, PlannedAlert } from '../contracts/plan.ts';
import { isUnnamedClose, type CloseRoutes } from './close-routes.ts';

/** Where an incident stands, as its row and its unsettled alerts have it. Instants are ISO strings. */
export interface IncidentStand {
  incidentId: string;
  ticketId: string | null;
  lastTicketId: string | null;
  closedAt: string | null;
  /** A ticket is asked for and not there yet. */
  isAsked: boolean;
}

/** What an alert would do outside, if it came now. */
export interface AlertEffect {
  n: number;
  action: 'create' | 'note' | 'close' | 'reopen' | 'none';
  incidentKey: string | null;
  /** null: the incident would be new, or the alert goes to none. */
  incidentId: string | null;
  /** null: nothing is done to a ticket, or the ticket is not there yet. */
  ticketId: string | null;
  text: string;
}

export interface EffectGround {
  endpointId: string;
  ticketing: Pick<TicketingConfig, 'closeDelaySeconds' | 'closePolicy' | 'reopenWindowSeconds'>;
  /** When the webhook came, ISO. */
  receivedAt: string;
  /** By incident key. */
  stands: ReadonlyMap<string, IncidentStand>;
  routes: CloseRoutes;
}

const SAME_SUMMARY = 'a ticket with this very summary and no key of ours, if the ticket system has one open';

/** What each alert of a plan would do to which ticket, in order. The ticket system itself is not asked. */
export function effectsOf(plan: Plan, ground: EffectGround): AlertEffect[] {
  const places = plan.alerts.map((alert) => placeOf(alert, ground));
  const stands = new Map<string, IncidentStand & { hasTicket: boolean }>();
  const standOf = (key: string) => {
    const known = stands.get(key);
    if (known) return known;
    const row = ground.stands.get(key);
    const made = { ...(row ?? NO_INCIDENT), hasTicket: row !== undefined && row.ticketId !== null };
    stands.set(key, made);
    return made;
  };
  return plan.alerts.map((alert, at) => {
    const place = places[at];
    if (place?.key == null) return { ...NOTHING, n: alert.n, text: place?.text ?? '' };
    const stand = standOf(place.key);
    const isTakenBack = places.slice(at + 1).some(({ key, opens }) => opens && key === place.key);
    const done = alert.kind === 'close' ? closeOf(stand, ground, isTakenBack) : openOf(stand, ground);
    return { n: alert.n, incidentKey: place.key, incidentId: stand.incidentId || null, ...done };
  });
}

const NOTHING = { action: 'none', incidentKey: null, incidentId: null, ticketId: null } as const;
const NO_INCIDENT: IncidentStand = {
  incidentId: '',
  ticketId: null,
  lastTicketId: null,
  closedAt: null,
  isAsked: false,
};

type Place = { key: string; opens: boolean; text?: never } | { key: null; opens: false; text: string };
type Done = Pick<AlertEffect, 'action' | 'ticketId' | 'text'>;
type Stand = IncidentStand & { hasTicket: boolean };

function placeOf(alert: PlannedAlert, { routes, endpointId }: EffectGround): Place {
  const explanation = alert.explanation ?? '';
  if (alert.disposition === 'skip') return { key: null, opens: false, text: explanation };
  if (isUnnamedClose(alert)) {
    const route = routes.routeOf(endpointId, alert);
    return route.to === 'nobody' ? { key: null, opens: false, text: route.error } : { key: route.key, opens: false };
  }
  if (alert.kind !== 'close') routes.noteOpen(endpointId, alert);
  if (alert.disposition === 'hold')
    return {
      key: null,
      opens: false,
      text: `${explanation} It waits until nothing holds it back; the last alert of its incident then decides.`,
    };
  return { key: alert.incidentKey, opens: alert.kind !== 'close' };
}

function openOf(stand: Stand, { ticketing, receivedAt }: EffectGround): Done {
  const { ticketId, lastTicketId } = stand;
  if (stand.hasTicket)
    return {
      action: 'note',
      ticketId,
      text: ticketId === null ? 'A note on the ticket made just before.' : `A note on ticket ${ticketId}.`,
    };
  if (stand.isAsked) return { action: 'note', ticketId: null, text: 'A note on the ticket that is being made now.' };
  const windowMs = ticketing.reopenWindowSeconds * 1_000;
  const sinceMs = stand.closedAt === null ? Infinity : Date.parse(receivedAt) - Date.parse(stand.closedAt);
  stand.hasTicket = true;
  if (windowMs > 0 && sinceMs <= windowMs) {
    stand.ticketId = lastTicketId;
    return {
      action: 'reopen',
      ticketId: lastTicketId,
      text: `${lastTicketId === null ? 'The ticket' : `Ticket ${lastTicketId}`}, closed less than ${ticketing.reopenWindowSeconds} s before, is opened again.`,
    };
  }
  return { action: 'create', ticketId: null, text: `A new ticket; or ${SAME_SUMMARY}, which would be adopted.` };
}

function closeOf(stand: Stand, { ticketing, receivedAt }: EffectGround, isTakenBack: boolean): Done {
  if (isTakenBack)
    return { action: 'none', ticketId: null, text: 'Taken back by an alert of the same webhook that opens again.' };
  if (!stand.hasTicket && !stand.isAsked)
    return { action: 'none', ticketId: null, text: `No ticket is open; closed would be ${SAME_SUMMARY}.` };
  const { ticketId } = stand;
  const which = ticketId === null ? 'The ticket that is being made' : `Ticket ${ticketId}`;
  const when = ticketing.closeDelaySeconds > 0 ? ` after ${ticketing.closeDelaySeconds} s of calm` : '';
  const unless = ticketing.closePolicy === 'untouched' ? ', unless a person worked on it' : '';
  Object.assign(stand, {
    hasTicket: false,
    isAsked: false,
    lastTicketId: ticketId,
    ticketId: null,
    closedAt: receivedAt,
  });
  return { action: 'close', ticketId, text: `${which} is closed with a resolution note${when}${unless}.` };
}
