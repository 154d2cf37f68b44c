import {
  TicketSystemError,
  type NoteDraft,
  type TicketSnapshot,
  type TicketSystem,
} from '../../activities/tickets/ticket-system.ts';
import type { TicketDraft } from '../../workflows/contracts/plan.ts';

/** The worker dies here: nobody learns what the call did. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export type Fault =
  | 'crash-before'
  | 'crash-after'
  | 'lost-reply'
  | 'no-answer-no-effect'
  | 'unavailable'
  | 'throttled'
  | 'refused'
  | 'not-applied'
  | 'bad-key';

export interface FakeTicket extends TicketSnapshot {
  board: string | null;
  company: string | null;
  description: string;
  bornAt: number;
  notes: { key: string; body: string; purpose: NoteDraft['purpose']; visibility: string }[];
  closedTimes: number;
}

/** A ticket system in memory, as forgiving as ConnectWise (no unique key, lagging lists), with faults to order. */
export interface FakeTickets extends TicketSystem {
  all: FakeTicket[];
  /** Faults of the next calls, in order; `null` is a good answer. */
  faults: (Fault | null)[];
  lagMs: number;
  posts: number;
  person(id: string, change: Partial<FakeTicket>): void;
  /** A ticket that a person made; its id. */
  madeByPerson(summary: string): string;
}

const NO_DRAFT = { board: null, companyId: null, description: '' };

export function createFakeTickets(nowMs: () => number): FakeTickets {
  const all: FakeTicket[] = [];
  let nextId = 1;
  const system: FakeTickets = {
    all,
    faults: [],
    lagMs: 0,
    posts: 0,
    person(id, change) {
      Object.assign(must(id), change, { updatedBy: 'a person' });
    },
    madeByPerson: (summary) => born({ ...NO_DRAFT, summary }, null).id,
    describe: () => ({ kind: 'desk', name: 'Fake', keyLookup: 'lagging', limits: { summary: 100, note: 30_000 } }),
    check: async () => {
      if (system.faults[0] === 'unavailable')
        throw new TicketSystemError('unavailable', 'No answer.', { effect: 'none' });
      return system.faults[0] === 'bad-key' ? [{ level: 'fault', text: 'The key is not accepted.' }] : [];
    },
    catalog: async () => [],
    findByKey: (key) => call(false, () => listed().filter((ticket) => ticket.key === key)),
    findOpen: (draft) =>
      call(false, () =>
        listed().filter(
          (ticket) => ticket.isOpen && ticket.summary === draft.summary && ticket.company === draft.companyId,
        ),
      ),
    create: (draft, key) => {
      system.posts += 1;
      return call(true, () => born(draft, key));
    },
    get: (id) => call(false, () => all.find((ticket) => ticket.id === id) ?? null),
    addNote: (id, note) =>
      call(true, () => {
        if (!all.some((ticket) => ticket.id === id))
          throw new TicketSystemError('not-found', `Ticket ${id} not found`, { effect: 'none', status: 404 });
        must(id).notes.push({ key: note.key, body: note.body, purpose: note.purpose, visibility: note.visibility });
        must(id).updatedBy = 'hookwise';
      }),
    hasNote: (id, key) =>
      call(false, () => all.some((ticket) => ticket.id === id && ticket.notes.some((note) => note.key === key))),
    setState: (id, intent) =>
      call(true, () => {
        const ticket = must(id);
        if (intent === 'closed' && ticket.isOpen) ticket.closedTimes += 1;
        Object.assign(ticket, {
          isOpen: intent === 'open',
          statusName: intent === 'open' ? 'New' : 'Closed',
          updatedBy: 'hookwise',
        });
        return ticket;
      }),
    converge: (canonical, duplicates) =>
      call(true, () => {
        for (const id of duplicates)
          Object.assign(must(id), { isOpen: false, statusName: 'Merged', mergedInto: canonical });
      }),
  };

  function must(id: string): FakeTicket {
    const ticket = all.find((candidate) => candidate.id === id);
    if (!ticket) throw new TicketSystemError('not-found', `Ticket ${id} not found`, { effect: 'none', status: 404 });
    return ticket;
  }

  function listed(): FakeTicket[] {
    return all.filter((ticket) => ticket.bornAt + system.lagMs <= nowMs());
  }

  function born(
    draft: Pick<TicketDraft, 'summary' | 'board' | 'companyId' | 'description'>,
    key: string | null,
  ): FakeTicket {
    const ticket: FakeTicket = {
      id: String(nextId++),
      url: null,
      isOpen: true,
      statusName: 'New',
      updatedBy: 'hookwise',
      mergedInto: null,
      summary: draft.summary,
      key,
      board: draft.board,
      company: draft.companyId,
      description: draft.description,
      bornAt: nowMs(),
      notes: [],
      closedTimes: 0,
    };
    all.push(ticket);
    return ticket;
  }

  async function call<T>(isWrite: boolean, effect: () => T): Promise<T> {
    const fault = system.faults.shift() ?? null;
    if (fault === 'crash-before') throw new Crash('before');
    if (fault === 'unavailable') throw new TicketSystemError('unavailable', 'Connection refused', { effect: 'none' });
    if (fault === 'throttled')
      throw new TicketSystemError('throttled', 'Too many requests', {
        effect: 'none',
        status: 429,
        retryAfterMs: 3000,
      });
    if (fault === 'bad-key')
      throw new TicketSystemError('connection-refused-us', 'Unauthorized', { effect: 'none', status: 401 });
    if (fault === 'refused' && isWrite)
      throw new TicketSystemError('invalid', 'ticket object is invalid: Board not found', {
        effect: 'none',
        status: 400,
      });
    if (fault === 'not-applied' && isWrite)
      throw new TicketSystemError('not-applied', 'Answered well, changed nothing', { effect: 'none', status: 200 });
    if (fault === 'no-answer-no-effect') {
      throw new TicketSystemError(isWrite ? 'outcome-unknown' : 'unavailable', 'No answer', {
        effect: isWrite ? 'unknown' : 'none',
      });
    }
    const done = effect();
    if (fault === 'crash-after') throw new Crash('after');
    if (fault === 'lost-reply')
      throw new TicketSystemError(isWrite ? 'outcome-unknown' : 'unavailable', 'The reply was lost', {
        effect: isWrite ? 'unknown' : 'none',
      });
    return structuredClone(done);
  }

  return system;
}
