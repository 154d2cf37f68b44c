import type { TicketDraft } from '../../../workflows/contracts/plan.ts';
import { fitText } from '../fit-text.ts';
import { TicketSystemError, type TicketSnapshot } from '../ticket-system.ts';
import { allOf, keyEquals, nameEquals, textFilter } from './conditions.ts';
import { LIMITS, present, type Psa } from './psa.ts';
import { readList } from './read-list.ts';
import { byId, readTicketRecord, TICKET_FIELDS, type TicketRecord } from './ticket-record.ts';

const MOST_PAGES = 10;

/** Every ticket whose `externalXRef` is exactly `key`, lowest id first. */
export async function findByKey(psa: Psa, key: string, signal: AbortSignal | undefined): Promise<TicketSnapshot[]> {
  const conditions = keyEquals('externalXRef', key);
  if (conditions === null)
    throw new TicketSystemError('invalid', 'This key cannot be looked up in ConnectWise.', { effect: 'none' });
  const found = await search(psa, conditions, 'id asc', signal);
  return found
    .filter((record) => record.externalXRef === key)
    .sort(byId)
    .map((record) => present(psa, record));
}

/** Open tickets with exactly this summary on the same board and of the same company, lowest id first. */
export async function findOpen(
  psa: Psa,
  draft: TicketDraft,
  signal: AbortSignal | undefined,
): Promise<TicketSnapshot[]> {
  const summary = fitText(draft.summary, LIMITS.summary);
  const company = draft.companyId ?? psa.settings.defaultCompanyId;
  const boardName = draft.board ?? psa.settings.serviceBoard;
  const board = await psa.catalog.findBoard(boardName);
  if (board === null) return [];
  const conditions = allOf(
    'closedFlag=false',
    board === 'unreadable' ? nameEquals('board/name', boardName) : `board/id=${board.id}`,
    company === null ? null : nameEquals('company/identifier', company),
    textFilter('summary', summary),
  );
  const found = await search(psa, conditions, 'id asc', signal);
  const isOnBoard = (record: TicketRecord) =>
    board === 'unreadable' ? isSame(record.board?.name, boardName) : record.board?.id === board.id;
  return found
    .filter(
      (record) =>
        record.summary.trim() === summary.trim() && isOnBoard(record) && isSame(record.company?.identifier, company),
    )
    .sort(byId)
    .map((record) => present(psa, record))
    .filter((ticket) => ticket.isOpen && ticket.mergedInto === null);
}

async function search(
  psa: Psa,
  conditions: string,
  orderBy: string,
  signal: AbortSignal | undefined,
): Promise<TicketRecord[]> {
  const query = { conditions, orderBy, fields: TICKET_FIELDS };
  const records = await readList(psa.client, {
    path: '/service/tickets',
    query,
    pageSize: 1000,
    mostPages: MOST_PAGES,
    signal,
  });
  return records.map(readTicketRecord).filter((record) => record !== null);
}

/** ConnectWise compares names and identifiers without regard to case. */
function isSame(one: string | null | undefined, other: string | null): boolean {
  return (one ?? '').trim().toLowerCase() === (other ?? '').trim().toLowerCase();
}
