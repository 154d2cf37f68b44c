import { askAnalysis } from '../journal/analyses.ts';
import { updateIncident } from '../journal/incident-changes.ts';
import type { IncidentRow } from '../journal/incident-row.ts';
import type { OrderRow } from '../journal/orders.ts';
import { recordOwned, type Step } from '../journal/own-incident.ts';
import { countWhatWaits } from './count-what-waits.ts';
import { OrderRefused } from './order-refused.ts';

/** Carries out one kind of order and answers it in words. Throws `OrderRefused`, `TicketSystemError`. */
export type CarryOut = (step: Step, row: IncidentRow, order: OrderRow) => Promise<string>;

/** No joined notes and no repeats until the ticket is closed; what comes is counted and told then. */
export const acknowledge: CarryOut = async (step, row, order) => {
  refuseOver(row);
  if (row.acknowledgedAt !== null)
    throw new OrderRefused(`${row.acknowledgedBy ?? 'A person'} has acknowledged it already.`);
  await recordOwned(step, async (tx, now) => {
    if (now.want !== 'closed') await countWhatWaits(tx, now, step.now());
    await updateIncident(tx, now.id, {
      acknowledged_at: step.now(),
      acknowledged_by: order.askedBy,
      snoozed_until: null,
      snoozed_by: null,
    });
  });
  return 'No further notes until the ticket is closed.';
};

/** The same until a time, then one note of what came. */
export const snooze: CarryOut = async (step, row, order) => {
  refuseOver(row);
  const until = order.input.until ?? '';
  if (!(Date.parse(until) > Date.parse(step.now()))) throw new OrderRefused(`The time ${until} is over.`);
  if (row.acknowledgedAt !== null)
    throw new OrderRefused(
      `${row.acknowledgedBy ?? 'A person'} has acknowledged it: it is quiet until the ticket is closed.`,
    );
  await recordOwned(step, async (tx, now) => {
    if (now.want !== 'closed') await countWhatWaits(tx, now, step.now());
    await updateIncident(tx, now.id, { snoozed_until: until, snoozed_by: order.askedBy });
  });
  return `No further notes until ${until}.`;
};

/** Asks the language model once more, or for the first time, whatever the endpoint says. */
export const analyse: CarryOut = async (step, row, order) => {
  if (row.ticketId === null) throw new OrderRefused('The incident has no open ticket to write an analysis on.');
  if (row.analysisId !== null) throw new OrderRefused('An analysis is under way already.');
  await recordOwned(step, async (tx, now) => {
    await askAnalysis(tx, now, { reason: 'order', askedBy: order.askedBy, at: step.now(), told: null });
  });
  return 'The language model is asked; its note follows.';
};

function refuseOver(row: IncidentRow): void {
  const isOver = row.ticketId === null && row.want !== 'open' && !row.hasUnsettled;
  if (isOver) throw new OrderRefused('The incident is over: there is nothing to keep quiet.');
}
