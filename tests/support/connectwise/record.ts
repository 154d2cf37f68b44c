import type { NoteRow, StatusChange, StoredTicket, TicketStore } from './ticket-store.ts';

export type RequestEntry = {
  atMs: number;
  method: string;
  path: string;
  query: string;
  /** Null where no status was sent: the connection was dropped or never answered. */
  status: number | null;
  outcome: 'answered' | 'dropped' | 'hung';
  fault: string | null;
  tookMs: number;
};

export type RecordedNote = Pick<
  NoteRow,
  'id' | 'text' | 'detailDescriptionFlag' | 'internalAnalysisFlag' | 'resolutionFlag' | 'dateCreated' | 'createdBy'
>;

export type RecordedTicket = {
  id: number;
  summary: string;
  externalXRef: string | null;
  board: string;
  company: string | null;
  status: string;
  closedFlag: boolean;
  mergedInto: number | null;
  deletedAt: string | null;
  createdAtMs: number;
  createdBy: string;
  updatedBy: string;
  notes: RecordedNote[];
  statusChanges: StatusChange[];
};

export type Counts = {
  requests: number;
  posts: number;
  notePosts: number;
  patches: number;
  tickets: number;
  open: number;
  notes: number;
  keys: number;
  doubledKeys: number;
  inFlight: number;
  peakInFlight: number;
  peakPerMinute: number;
  byStatus: Record<string, number>;
  faults: Record<string, number>;
};

export type Recorder = ReturnType<typeof createRecorder>;

const ringSize = 20_000;

/** What reached the simulator and what it holds, for assertions. Requests are a bounded ring, counts are exact. */
export function createRecorder(tickets: TicketStore) {
  let ring: RequestEntry[] = [];
  let next = 0;
  const perSecond = new Map<number, number>();
  const totals = { requests: 0, posts: 0, notePosts: 0, patches: 0, inFlight: 0, peakInFlight: 0 };
  const byStatus: Record<string, number> = {};
  const faults: Record<string, number> = {};

  const list = (): RecordedTicket[] => [...tickets.all()].map(presentTicket);

  /** Ids of the tickets of each key, deleted and merged ones included. */
  function ticketsByKey(): Record<string, number[]> {
    const found: Record<string, number[]> = {};
    for (const { row } of tickets.all())
      if (row.externalXRef !== undefined && row.externalXRef !== '') (found[row.externalXRef] ??= []).push(row.id);
    return found;
  }

  function perMinute(): Record<string, number> {
    const found: Record<string, number> = {};
    for (const [second, count] of perSecond) {
      const minute = new Date(second * 1000).toISOString().slice(0, 16);
      found[minute] = (found[minute] ?? 0) + count;
    }
    return found;
  }

  /** The busiest 60 seconds in a row, which no calendar minute need show. */
  function peakPerMinute(): number {
    const seconds = [...perSecond].sort(([one], [other]) => one - other);
    let peak = 0;
    let sum = 0;
    let start = 0;
    for (const [second, count] of seconds) {
      sum += count;
      for (let first = seconds[start]; first !== undefined && first[0] <= second - 60; first = seconds[start]) {
        sum -= first[1];
        start += 1;
      }
      peak = Math.max(peak, sum);
    }
    return peak;
  }

  return {
    began(method: string, path: string, atMs: number): void {
      totals.requests += 1;
      totals.inFlight += 1;
      totals.peakInFlight = Math.max(totals.peakInFlight, totals.inFlight);
      if (method === 'POST' && path === '/service/tickets') totals.posts += 1;
      if (method === 'POST' && path.endsWith('/notes')) totals.notePosts += 1;
      if (method === 'PATCH') totals.patches += 1;
      const second = Math.floor(atMs / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    },
    ended(entry: RequestEntry): void {
      totals.inFlight -= 1;
      if (ring.length < ringSize) ring.push(entry);
      else ring[next] = entry;
      next = (next + 1) % ringSize;
      const outcome = entry.status === null ? entry.outcome : String(entry.status);
      byStatus[outcome] = (byStatus[outcome] ?? 0) + 1;
      if (entry.fault !== null) faults[entry.fault] = (faults[entry.fault] ?? 0) + 1;
    },
    requests: (): RequestEntry[] =>
      ring.length < ringSize ? [...ring] : [...ring.slice(next), ...ring.slice(0, next)],
    tickets: list,
    ticket(id: number): RecordedTicket | undefined {
      const found = tickets.find(id);
      return found === undefined ? undefined : presentTicket(found);
    },
    ticketsByKey,
    doubledKeys: (): string[] => Object.entries(ticketsByKey()).flatMap(([key, ids]) => (ids.length > 1 ? [key] : [])),
    /** Every note of a ticket, or of all tickets, whose text holds the marker. */
    notesWith: (marker: string, ticketId?: number): (RecordedNote & { ticketId: number })[] =>
      list().flatMap(({ id, notes }) =>
        ticketId !== undefined && ticketId !== id
          ? []
          : notes.flatMap((note) => (note.text.includes(marker) ? [{ ...note, ticketId: id }] : [])),
      ),
    perMinute,
    peakPerMinute,
    counts(): Counts {
      let notes = 0;
      let open = 0;
      for (const ticket of tickets.all()) {
        notes += ticket.notes.length;
        if (!ticket.row.closedFlag && ticket.deletedAt === null) open += 1;
      }
      const keys = Object.values(ticketsByKey());
      return {
        ...totals,
        tickets: tickets.size(),
        open,
        notes,
        keys: keys.length,
        doubledKeys: keys.filter((ids) => ids.length > 1).length,
        peakPerMinute: peakPerMinute(),
        byStatus: { ...byStatus },
        faults: { ...faults },
      };
    },
    /** Forgets requests and rates; tickets stay. */
    forgetRequests(): void {
      ring = [];
      next = 0;
      perSecond.clear();
      Object.assign(totals, { requests: 0, posts: 0, notePosts: 0, patches: 0, peakInFlight: totals.inFlight });
      for (const counts of [byStatus, faults]) for (const name of Object.keys(counts)) delete counts[name];
    },
  };
}

function presentTicket({ row, notes, statusChanges, committedAtMs, deletedAt }: StoredTicket): RecordedTicket {
  const company = row['company'] as { identifier?: string } | undefined;
  const merged = row['mergedParentTicket'] as { id: number } | undefined;
  return {
    id: row.id,
    summary: row.summary,
    externalXRef: row.externalXRef ?? null,
    board: row.board.name,
    company: company?.identifier ?? null,
    status: row.status.name,
    closedFlag: row.closedFlag,
    mergedInto: merged?.id ?? null,
    deletedAt,
    createdAtMs: committedAtMs,
    createdBy: row._info.enteredBy,
    updatedBy: row._info.updatedBy,
    notes: notes.map(
      ({ id, text, detailDescriptionFlag, internalAnalysisFlag, resolutionFlag, dateCreated, createdBy }) => ({
        id,
        text,
        detailDescriptionFlag,
        internalAnalysisFlag,
        resolutionFlag,
        dateCreated,
        createdBy,
      }),
    ),
    statusChanges: [...statusChanges],
  };
}
