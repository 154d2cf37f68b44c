import type { Queryable } from '../../infra/database/pool.ts';
import { addToPending, type PendingNote } from '../../workflows/domain/incident-fold.ts';
import { isQuiet } from '../../workflows/domain/quiet.ts';
import { countUnsettled, settleAlerts, unsettledOpens } from '../journal/alerts.ts';
import { addTimeline, CALM, updateIncident } from '../journal/incident-changes.ts';
import { askAnalysis } from '../journal/analyses.ts';
import type { IncidentRow } from '../journal/incident-row.ts';
import type { Step } from '../journal/own-incident.ts';
import { recordTicketOver } from './ticket-state.ts';
import type { TicketSnapshot } from './ticket-system.ts';
import { isOpenTicket } from './ticket-state.ts';

const WORDS = { create: 'created', adopt: 'adopted', reopen: 'reopened' } as const;
const MOST_COUNTED = 100_000;

/**
 * Records the incident's ticket and settles the alerts that it answers: the one its description tells as `create`, or the
 * first as `reopen`; the others are counted into the pending note, or wait for a note each. An adopted ticket gets a note for all of them.
 */
export async function recordTicketFound(
  step: Step,
  tx: Queryable,
  row: IncidentRow,
  ticket: TicketSnapshot,
  how: 'create' | 'adopt' | 'reopen',
): Promise<void> {
  if (row.ticketId !== null) return;
  const at = step.now();
  const hadNoAnswer = row.postingRounds > 1 || row.postingLooks > 0;
  const opened = updateIncident(tx, row.id, {
    ...CALM,
    ticket_id: ticket.id,
    ticket_url: ticket.url,
    phase: 'open',
    opened_at: at,
    closed_at: null,
    posting_at: null,
    posting_rounds: 0,
    posting_looks: 0,
    ...(hadNoAnswer ? {} : { converge_at: null }),
    viable_at: at,
    checked_at: at,
    note_at: null,
    status_ours: ticket.statusName,
    updated_by_ours: how === 'adopt' ? null : ticket.updatedBy,
  });
  const told = addTimeline(tx, row.id, row.episode, [
    {
      at,
      kind: `ticket-${WORDS[how]}`,
      text: `Ticket ${ticket.id} ${WORDS[how]}.`,
      data: {
        ticket: ticket.id,
        key: row.ticketKey,
        status: ticket.statusName,
        webhookId: row.draft?.webhookId ?? null,
      },
    },
  ]);
  await Promise.all([opened, told]);
  if (!isOpenTicket(ticket, row)) {
    await recordTicketOver(
      tx,
      { ...row, ticketId: ticket.id },
      { at, kind: 'closed-by-person', text: `Ticket ${ticket.id} is closed.`, isOurs: false },
    );
    return;
  }
  if (how === 'create' && row.config.analysis.enabled) {
    await askAnalysis(tx, { ...row, ticketId: ticket.id }, { reason: 'opened', askedBy: null, at, told: row.draft });
  }
  if (how !== 'adopt') await settleFirst(tx, row, ticket.id, how, at);
}

async function settleFirst(
  tx: Queryable,
  row: IncidentRow,
  ticket: string,
  how: 'create' | 'reopen',
  at: string,
): Promise<void> {
  const opens = await unsettledOpens(tx, row.id, how === 'create' ? MOST_COUNTED : 1);
  const first =
    opens.find(({ webhookId, n }) => how === 'create' && webhookId === row.draft?.webhookId && n === row.draft.n) ??
    opens[0];
  if (!first) {
    await rewriteCounted(tx, row, ticket, how, at);
    return;
  }
  const settled = [
    settleAlerts(tx, row.id, { action: how, ticket, at }, { exactly: first }),
    settleAlerts(tx, row.id, { action: 'none', ticket, at }, { kind: 'close', throughSeq: first.seq - 1 }),
  ];
  const toNote = how === 'reopen' ? addToPending(row.pending, first, true) : row.pending;
  if (row.config.ticketing.noteIntervalSeconds === 0 && !isQuiet(row, Date.parse(at)) && row.flap?.spell == null) {
    await Promise.all([...settled, updateIncident(tx, row.id, { pending: toNote })]);
    return;
  }
  const [rest, { lastOpenSeq }] = await Promise.all([
    unsettledOpens(tx, row.id, MOST_COUNTED),
    countUnsettled(tx, row.id),
    ...settled,
  ]);
  const pending = rest.reduce<PendingNote | null>((note, alert) => addToPending(note, alert, false), toNote);
  if (lastOpenSeq !== null)
    await settleAlerts(tx, row.id, { action: 'update', ticket, at }, { throughSeq: lastOpenSeq });
  await updateIncident(tx, row.id, { pending });
}

/** Alerts that were counted for a ticket found closed belong to the new one: the last counted is its `create`. */
async function rewriteCounted(
  tx: Queryable,
  row: IncidentRow,
  ticket: string,
  how: 'create' | 'reopen',
  at: string,
): Promise<void> {
  if (row.draft === null) return;
  await tx.query(
    `update alert set action = $3, ticket = $4, settled_at = $5 where webhook_id = $1 and n = $2 and action = 'update'`,
    [row.draft.webhookId, row.draft.n, how, ticket, at],
  );
}
