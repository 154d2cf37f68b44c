'use server';

import { act } from '../../../lib/act.ts';
import { closeIncident } from '../../../server/incidents/orders.ts';
import { patchTicket, replyToTicket } from '../../../server/tickets/person-verbs.ts';

export async function reply(id: string, text: string, visibility: string) {
  return act(replyToTicket, { id, body: { text, visibility } });
}

export async function setClosed(id: string, closed: boolean) {
  return act(patchTicket, { id, body: { closed } });
}

/** Closes the incident of a ticket, which closes the ticket with a note. */
export async function closeItsIncident(incidentId: string) {
  return act(closeIncident, { id: incidentId, body: {} });
}
