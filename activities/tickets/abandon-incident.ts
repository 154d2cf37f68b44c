import { addTimeline, updateIncident } from '../journal/incident-changes.ts';
import { recordOwned, type Step } from '../journal/own-incident.ts';
import { recordTicketOver } from './ticket-state.ts';

/** The workflow was cancelled: what waits is settled without a ticket call, and the incident ends as `abandoned`. */
export async function abandonIncident(step: Step): Promise<void> {
  await recordOwned(step, async (tx, row) => {
    const at = step.now();
    await tx.query(
      `update alert set state = 'skipped', settled = true, error = $2, settled_at = $3 where incident_id = $1 and not settled`,
      [row.id, 'The incident was cancelled by a person.', at],
    );
    await tx.query(
      `update incident_order set state = 'refused', answer = 'The incident was cancelled.', done_at = $2 where incident_id = $1 and state = 'asked'`,
      [row.id, at],
    );
    const text = row.ticketId === null ? 'Cancelled.' : `Cancelled; ticket ${row.ticketId} stays as it is.`;
    if (row.ticketId === null) await addTimeline(tx, row.id, row.episode, [{ at, kind: 'abandoned', text }]);
    else await recordTicketOver(tx, row, { at, kind: 'given-up', text, isOurs: false, want: 'none' });
    await updateIncident(tx, row.id, {
      phase: 'abandoned',
      want: 'none',
      batch_open: false,
      posting_at: null,
      bell: false,
      wakes_at: null,
    });
  });
}
