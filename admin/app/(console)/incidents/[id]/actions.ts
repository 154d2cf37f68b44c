'use server';

import { act } from '../../../../lib/act.ts';
import {
  acknowledgeIncident,
  adoptTicket,
  analyseIncident,
  closeIncident,
  createTicketAnyway,
  noteIncident,
  retryIncident,
  snoozeIncident,
} from '../../../../server/incidents/orders.ts';

const VERBS = {
  note: noteIncident,
  close: closeIncident,
  retry: retryIncident,
  create: createTicketAnyway,
  adopt: adoptTicket,
  acknowledge: acknowledgeIncident,
  snooze: snoozeIncident,
  analyse: analyseIncident,
} as const;
export type OrderName = keyof typeof VERBS;

/** Sends a person's order to incident `id`: what it takes besides its kind is in `body`. */
export async function orderIncident(id: string, kind: OrderName, body: unknown) {
  if (!Object.hasOwn(VERBS, kind)) return { ok: false, message: 'This order is not known.', faults: [] } as const;
  return act(VERBS[kind], { id, body });
}
