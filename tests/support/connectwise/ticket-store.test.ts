import { describe, expect, it } from 'vitest';
import { parseConditions } from './filter-grammar.ts';
import { createTicketStore, type StoredTicket } from './ticket-store.ts';

const info = { lastUpdated: '', updatedBy: '', dateEntered: '', enteredBy: '' };
const store = createTicketStore();
const aTicket = (id: number): StoredTicket => ({
  row: {
    id,
    summary: `Summary ${id % 10}`,
    externalXRef: `key-${id}`,
    board: { id: 1, name: 'B' },
    status: { id: 1, name: 'New' },
    closedFlag: false,
    _info: info,
  },
  notes: [],
  configurationIds: [],
  statusChanges: [],
  committedAtMs: 0,
  deletedAt: null,
});
for (let id = 1; id <= 10_000; id += 1) store.add(aTicket(id));

const candidates = (conditions: string) => [...store.candidates(parseConditions(conditions))].map(({ row }) => row.id);

describe('the ticket store', () => {
  it('answers a key, a summary or an id from an index, not by a scan of ten thousand', () => {
    expect(candidates('EXTERNALXREF = "KEY-777" and closedFlag = false')).toEqual([777]);
    expect(candidates('(board/id = 1) and summary = "summary 3"')).toHaveLength(1000);
    expect(candidates('id = 42')).toEqual([42]);
    expect(candidates('externalXRef = "nothing"')).toEqual([]);
  });

  it('scans where an index would miss something', () => {
    expect(candidates('externalXRef = "key-1" or id = 2')).toHaveLength(10_000);
    expect(candidates('externalXRef != "key-1"')).toHaveLength(10_000);
  });

  it('keeps its indexes true when a ticket changes', () => {
    const ticket = store.find(5);
    if (ticket === undefined) throw new Error('ticket 5 is missing');
    store.replace(ticket, { ...ticket.row, externalXRef: 'elsewhere' });
    expect(candidates('externalXRef = "key-5"')).toEqual([]);
    expect(candidates('externalXRef = "elsewhere"')).toEqual([5]);
  });
});
