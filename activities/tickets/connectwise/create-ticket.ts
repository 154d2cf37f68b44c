import type { TicketDraft } from '../../../workflows/contracts/plan.ts';
import { fitText } from '../fit-text.ts';
import type { TicketSnapshot } from '../ticket-system.ts';
import { findNamed } from './catalog.ts';
import { LIMITS, present, ticketOf, type Psa } from './psa.ts';

const LEVELS = ['Low', 'Medium', 'High'];

type Reference = { id: number } | { name: string };

/** Exactly one create request, with the key in `externalXRef`. What cannot be resolved is sent by name, so that ConnectWise itself says what is wrong. */
export async function createTicket(
  psa: Psa,
  draft: TicketDraft,
  key: string,
  signal: AbortSignal | undefined,
): Promise<TicketSnapshot> {
  const call = { method: 'POST', path: '/service/tickets' } as const;
  const body = await createBody(psa, draft, key);
  const { json } = await psa.client.call({ ...call, body, signal });
  return present(psa, ticketOf(call, json));
}

async function createBody(psa: Psa, draft: TicketDraft, key: string): Promise<Record<string, unknown>> {
  const company = draft.companyId ?? psa.settings.defaultCompanyId;
  const description = fitText(draft.description, LIMITS.note);
  const body: Record<string, unknown> = {
    summary: fitText(draft.summary, LIMITS.summary),
    recordType: 'ServiceTicket',
    ...(await boardAndStatus(psa, draft)),
    externalXRef: key,
  };
  if (company !== null) body['company'] = { identifier: company };
  if (description.trim() !== '') body['initialDescription'] = description;
  for (const [field, name] of [
    ['type', draft.type],
    ['subType', draft.subtype],
    ['item', draft.item],
    ['priority', draft.priority],
  ] as const) {
    if (name !== null) body[field] = { name };
  }
  for (const field of ['severity', 'impact'] as const) {
    const level = LEVELS.find((known) => known.toLowerCase() === draft[field]?.trim().toLowerCase());
    if (level !== undefined) body[field] = level;
  }
  return body;
}

/** The board, and the status of that board; a default status that the board lacks is left to the board. */
async function boardAndStatus(psa: Psa, draft: TicketDraft): Promise<{ board: Reference; status?: Reference }> {
  const boardName = draft.board ?? psa.settings.serviceBoard;
  const wanted = draft.status ?? psa.settings.statusNew;
  const board = await psa.catalog.findBoard(boardName);
  if (board === null || board === 'unreadable') return { board: { name: boardName }, status: { name: wanted } };
  const statuses = await psa.catalog.statusesOf(board.id, wanted);
  if (statuses === 'unreadable') return { board: { id: Number(board.id) }, status: { name: wanted } };
  const status = findNamed(statuses, wanted);
  if (status) return { board: { id: Number(board.id) }, status: { id: Number(status.id) } };
  return draft.status === null
    ? { board: { id: Number(board.id) } }
    : { board: { id: Number(board.id) }, status: { name: wanted } };
}
