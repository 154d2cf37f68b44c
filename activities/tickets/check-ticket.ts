import type { IncidentSnapshot } from '../../workflows/contracts/incident.ts';
import { addTimeline, CALM, updateIncident } from '../journal/incident-changes.ts';
import { readOwned, recordAndTake, type Step } from '../journal/own-incident.ts';
import { recordTrouble } from './record-trouble.ts';
import { recordTicketOver } from './ticket-state.ts';
import { readTicket } from './read-ticket.ts';
import { recordGoesOn } from './write-notes.ts';

/**
 * Reads an open ticket that nothing was written to: one closed or gone ends the incident, but for alerts that were only counted
 * since it was last seen open, which get a new ticket; a merged one is followed. A hint that came before the reading is done with.
 */
export async function checkTicket(step: Step): Promise<IncidentSnapshot> {
  try {
    const row = await readOwned(step);
    if (row.ticketId === null) return await recordAndTake(step, async () => undefined);
    const read = await readTicket(step, row);
    return await recordAndTake(step, async (tx, now) => {
      const isToldAfter =
        now.pending !== null && now.checkedAt !== null && Date.parse(now.pending.lastAt) > now.checkedAt.getTime();
      if (read.is === 'over' && isToldAfter) await recordGoesOn(tx, now, read, step.now());
      else if (read.is === 'over')
        await recordTicketOver(tx, now, {
          at: step.now(),
          kind: read.kind,
          text: read.text,
          isOurs: false,
          want: 'none',
          owed: read.told,
          cause: { status: read.status },
        });
      else
        await updateIncident(tx, now.id, {
          ...CALM,
          checked_at: step.now(),
          ...(now.lookAt?.getTime() === row.lookAt?.getTime() ? { look_at: null } : {}),
        });
    });
  } catch (error) {
    return recordTrouble(step, error);
  }
}

/** Looks the key up once more after a creation that got no answer; extra tickets are folded into the lowest. */
export async function convergeTickets(step: Step): Promise<IncidentSnapshot> {
  try {
    const row = await readOwned(step);
    const ours = row.ticketKey === null ? [] : await step.deps.tickets.findByKey(row.ticketKey, step.signal);
    const canonical = row.ticketId ?? ours[0]?.id ?? null;
    const extra = ours
      .filter((ticket) => ticket.id !== canonical && ticket.mergedInto === null && ticket.isOpen)
      .map((ticket) => ticket.id);
    if (canonical !== null && extra.length > 0) await step.deps.tickets.converge(canonical, extra, step.signal);
    return await recordAndTake(step, async (tx, now) => {
      await updateIncident(tx, now.id, { ...CALM, converge_at: null });
      if (extra.length > 0) {
        const text = `Tickets ${extra.join(', ')} carried the same key and were folded into ${canonical}.`;
        await addTimeline(tx, now.id, now.episode, [
          { at: step.now(), kind: 'converged', text, data: { extra, ticket: canonical } },
        ]);
      }
    });
  } catch (error) {
    return recordTrouble(step, error);
  }
}
