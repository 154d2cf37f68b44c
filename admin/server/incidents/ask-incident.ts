import { v7 as uuidv7 } from 'uuid';
import type { OrderKind } from '../../../workflows/contracts/incident.ts';
import { actorLabel } from '../audit.ts';
import type { Change } from '../transaction.ts';
import type { VerbContext } from '../verb.ts';

/** What an order says besides its kind; `text` is the note, or the words of the close. */
export interface OrderWords {
  text?: string;
  visibility?: 'internal' | 'public';
  ticketId?: string;
  /** Until when it is quiet, in UTC. */
  until?: string;
}

/**
 * Keeps a person's order in Postgres, with its audit row, and raises the incident's bell: whatever happens to Temporal, the
 * dispatcher rings until the order is carried out. Answers the order's id.
 */
export async function askIncident(
  context: VerbContext,
  { tx, audit }: Change,
  incidentId: string,
  kind: OrderKind,
  words: OrderWords,
): Promise<string> {
  const orderId = uuidv7();
  await tx.query('insert into incident_order (id, incident_id, kind, input, asked_by) values ($1, $2, $3, $4, $5)', [
    orderId,
    incidentId,
    kind,
    JSON.stringify(words),
    actorLabel(context.actor),
  ]);
  await tx.query(
    'update incident set bell = true, bell_raised_at = now(), bell_sent_at = null, bell_rung = 0, bell_refused = null where id = $1',
    [incidentId],
  );
  await audit({ action: kind, entity: 'incident', entityId: incidentId, after: { orderId, ...words } });
  return orderId;
}
