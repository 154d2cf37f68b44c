import type { IncidentSnapshot, StepInput } from '../../workflows/contracts/incident.ts';
import { addTimeline, CALM, updateIncident } from '../journal/incident-changes.ts';
import { answerOrder, readOrder, type OrderRow } from '../journal/orders.ts';
import type { IncidentRow, WritingNote } from '../journal/incident-row.ts';
import { toldNote } from '../journal/told-note.ts';
import { readOwned, recordAndTake, recordOwned, type Step } from '../journal/own-incident.ts';
import { OrderRefused } from './order-refused.ts';
import { acknowledge, analyse, snooze } from './quiet-orders.ts';
import { closeNow } from './close-ticket.ts';
import { takenIds } from './find-closable.ts';
import { readTicket } from './read-ticket.ts';
import { recordTicketFound } from './record-ticket.ts';
import { recordTrouble } from './record-trouble.ts';
import { noteKey } from './ticket-key.ts';
import { isOpenTicket } from './ticket-state.ts';
import { TicketSystemError } from './ticket-system.ts';
import type { CarryOut } from './quiet-orders.ts';
import { isTicketGone, sendNote } from './write-notes.ts';

export type OrderStepInput = StepInput & { orderId: string };

/** Carries out one order of a person and records the answer. A refusal of the ticket system refuses the order. */
export async function carryOutOrder(step: Step, orderId: string): Promise<IncidentSnapshot> {
  const order = await readOrder(step.deps.pool, orderId);
  if (order === null || order.state !== 'asked') return recordAndTake(step, async () => undefined);
  try {
    const answer = await CARRY_OUT[order.kind](step, await readOwned(step), order);
    return await finish(step, order, 'done', answer);
  } catch (error) {
    if (error instanceof OrderRefused) return finish(step, order, 'refused', error.message);
    const isFinal =
      error instanceof TicketSystemError &&
      (['invalid', 'not-applied', 'not-found'].includes(error.code) || isTicketGone(error));
    if (isFinal) return finish(step, order, 'refused', error.message);
    return recordTrouble(step, error);
  }
}

async function finish(
  step: Step,
  order: OrderRow,
  state: 'done' | 'refused',
  answer: string,
): Promise<IncidentSnapshot> {
  return recordAndTake(step, async (tx, row) => {
    await answerOrder(tx, order.id, state, answer, step.now());
    if (CALLS.has(order.kind) && state === 'done' && row.phase !== 'blocked') await updateIncident(tx, row.id, CALM);
    await addTimeline(tx, row.id, row.episode, [
      {
        at: step.now(),
        kind: 'order',
        text: `${order.askedBy}: ${order.kind}. ${answer}`,
        data: {
          order: order.kind,
          orderId: order.id,
          by: order.askedBy,
          state,
          ...(order.kind === 'note' && state === 'done' ? toldNote(row.ticketId, noteOf(row, order)) : {}),
        },
      },
    ]);
  });
}

/** Orders whose carrying out shows that the ticket system answers well. */
const CALLS: ReadonlySet<OrderRow['kind']> = new Set(['note', 'adopt']);

function noteOf(row: IncidentRow, order: OrderRow): WritingNote {
  return {
    key: noteKey(row.id, row.episode, `order:${order.id}`),
    body: `${order.askedBy}: ${order.input.text ?? ''}`,
    purpose: 'update',
    visibility: order.input.visibility ?? row.config.ticketing.noteVisibility,
    alert: null,
    last: null,
    throughSeq: null,
  };
}

const note: CarryOut = async (step, row, order) => {
  if (row.ticketId === null) throw new OrderRefused('The incident has no open ticket to write a note on.');
  const read = await readTicket(step, row);
  const ticketId = read.is === 'open' ? read.ticket.id : read.told;
  if (ticketId === null) {
    await recordOwned(step, async (tx, now) => updateIncident(tx, now.id, { look_at: step.now() }));
    throw new OrderRefused(
      `Ticket ${row.ticketId} is gone: the note was not written. Order it again on the next ticket.`,
    );
  }
  await sendNote(step, ticketId, noteOf(row, order), true);
  return `Note written on ticket ${ticketId}.`;
};

const close: CarryOut = async (step, row, order) => {
  if (row.ticketId === null && row.postingAt !== null)
    throw new OrderRefused('A ticket is being created; its outcome is not known yet.');
  if (row.ticketId === null) {
    await recordOwned(step, async (tx, now) => {
      await tx.query(
        `update alert set state = 'processed', settled = true, action = 'none', error = null, settled_at = $2 where incident_id = $1 and not settled and batch is not null`,
        [now.id, step.now()],
      );
      await updateIncident(tx, now.id, {
        ...CALM,
        want: 'none',
        phase: 'closed',
        calm_since: null,
        draft_webhook_id: null,
        draft_n: null,
      });
    });
    return 'The incident had no ticket; it is closed.';
  }
  return closeNow(step, { name: order.askedBy, text: order.input.text ?? 'Closed from the console.' });
};

const retry: CarryOut = async (step, { gate }) => {
  await recordOwned(step, async (tx, row) => {
    const isUncertain = row.phase === 'uncertain';
    await updateIncident(tx, row.id, {
      next_try_at: null,
      attempts: 0,
      error_at: null,
      blocked_version: null,
      phase: 'opening',
      ...(isUncertain ? { posting_looks: 0 } : {}),
    });
  });
  if (gate === 'open') return 'It is tried again now.';
  await step.deps.bells.ringGate(step.deps.connection, 'now');
  return 'The connection is asked now whether it answers well; it is tried again as soon as it does.';
};

const create: CarryOut = async (step, row) => {
  if (row.ticketId !== null) throw new OrderRefused(`The incident has ticket ${row.ticketId} already.`);
  await recordOwned(step, async (tx, now) => {
    await updateIncident(tx, now.id, {
      ...CALM,
      want: 'open',
      phase: 'opening',
      posting_at: null,
      posting_rounds: 0,
      posting_looks: 0,
    });
  });
  return 'A ticket is created now, unless one with its key is found.';
};

const adopt: CarryOut = async (step, row, order) => {
  const id = order.input.ticketId ?? '';
  if (row.ticketId === id) return `Ticket ${id} is the incident's ticket already.`;
  if (row.ticketId !== null) throw new OrderRefused(`The incident has ticket ${row.ticketId}; close it first.`);
  const ticket = await step.deps.tickets.get(id, step.signal);
  if (ticket === null) throw new OrderRefused(`There is no ticket ${id}.`);
  if (!isOpenTicket(ticket, row)) throw new OrderRefused(`Ticket ${id} is closed.`);
  if ((await takenIds(step, [id])).has(id)) throw new OrderRefused(`Ticket ${id} belongs to another incident.`);
  await recordOwned(step, async (tx, now) => {
    await recordTicketFound(step, tx, now, ticket, 'adopt');
    await updateIncident(tx, now.id, {
      posting_at: null,
      posting_rounds: 0,
      posting_looks: 0,
      want: now.want === 'none' ? 'open' : now.want,
    });
  });
  return `Ticket ${id} adopted.`;
};

const CARRY_OUT = { note, close, retry, create, adopt, acknowledge, snooze, analyse } as const satisfies Record<
  OrderRow['kind'],
  CarryOut
>;
