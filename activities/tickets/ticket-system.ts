import type { CatalogItem, CatalogKind } from '../../workflows/contracts/catalog.ts';
import type { TicketDraft } from '../../workflows/contracts/plan.ts';

/** What a ticket looks like now. `statusName` and `updatedBy` are the system's own words. */
export interface TicketSnapshot {
  id: string;
  url: string | null;
  /** Decided by the system's closed flag and by the closed status names (contract.md "Tickets"). */
  isOpen: boolean;
  statusName: string | null;
  updatedBy: string | null;
  /** The ticket this one was merged into, if it was. */
  mergedInto: string | null;
  summary: string;
  key: string | null;
}

export interface NoteDraft {
  body: string;
  visibility: 'internal' | 'public';
  /** `resolution` notes carry the resolution flag only. */
  purpose: 'update' | 'analysis' | 'resolution';
  /** A marker the adapter embeds, so that a note can be found again after a lost reply. */
  key: string;
}

export interface TicketSystemDescription {
  kind: 'desk' | 'connectwise';
  name: string;
  keyLookup: 'strong' | 'lagging';
  limits: { summary: number; note: number };
}

export interface CheckFinding {
  level: 'ok' | 'warning' | 'fault';
  text: string;
}

export type { CatalogItem, CatalogKind } from '../../workflows/contracts/catalog.ts';

/**
 * A ticket system as the incident needs it. Every method is at most one effect, never retries by itself, and throws only
 * `TicketSystemError`. `signal` aborts the call; each call has the adapter's own deadline besides.
 */
export interface TicketSystem {
  describe(): TicketSystemDescription;
  /** Proves credentials and rights; never throws for "misconfigured", only when nothing could be learned. */
  check(signal?: AbortSignal): Promise<CheckFinding[]>;
  /**
   * All pages of a pick list; `parent` is the board's name for statuses, types, subtypes and items. Throws when the list could
   * not be read to its end: `[]` means that there is nothing.
   */
  catalog(kind: CatalogKind, parent: string | null, signal?: AbortSignal): Promise<CatalogItem[]>;
  /** Every ticket that carries `key`, lowest id first, compared exactly; `[]` means "not visible now". */
  findByKey(key: string, signal?: AbortSignal): Promise<TicketSnapshot[]>;
  /** Open tickets with exactly this summary in the same board and company, lowest id first, any key or none. */
  findOpen(draft: TicketDraft, signal?: AbortSignal): Promise<TicketSnapshot[]>;
  /** Exactly one create request with `key` embedded. */
  create(draft: TicketDraft, key: string, signal?: AbortSignal): Promise<TicketSnapshot>;
  /** `null` when the ticket is gone (only after another call proved the connection good). */
  get(id: string, signal?: AbortSignal): Promise<TicketSnapshot | null>;
  addNote(id: string, note: NoteDraft, signal?: AbortSignal): Promise<void>;
  /** Whether a recent note carries the marker `key`. */
  hasNote(id: string, key: string, signal?: AbortSignal): Promise<boolean>;
  /**
   * Sets the state and verifies the returned record; `status` names a status, `null` means the connection's default.
   * Throws `NotApplied` when the system answered well but changed nothing.
   */
  setState(id: string, intent: 'open' | 'closed', status: string | null, signal?: AbortSignal): Promise<TicketSnapshot>;
  /** Folds `duplicates` into `canonical` (merge, or a note and a close where merging is refused). */
  converge(canonical: string, duplicates: readonly string[], signal?: AbortSignal): Promise<void>;
  /** Where the system tells of many tickets at once, and of changes by itself; absent where it cannot. */
  watch?: TicketWatch;
}

/** A page of a list; `next` is the id to go on after, null at the end. */
export interface TicketPage {
  tickets: TicketSnapshot[];
  next: string | null;
}

/** What a system's lists tell. They may lag behind, so all of it is a hint to read the ticket itself. Throws `TicketSystemError`. */
export interface TicketWatch {
  /** How many ids `listed` takes. */
  mostIds: number;
  /** Tickets changed at `since` (ISO) or later, by anybody, of ids above `afterId`; one call. */
  changedSince(since: string, afterId: string | null, signal?: AbortSignal): Promise<TicketPage>;
  /** Those of these tickets that the list shows; one call. */
  listed(ids: readonly string[], signal?: AbortSignal): Promise<TicketSnapshot[]>;
  callbacks: CallbackRegistry;
}

export interface CallbackRecord {
  id: string;
  url: string;
  description: string;
  isActive: boolean;
}

/** The system's list of addresses that it calls when a ticket changes. Throws `TicketSystemError`. */
export interface CallbackRegistry {
  list(signal?: AbortSignal): Promise<CallbackRecord[]>;
  register(url: string, description: string, signal?: AbortSignal): Promise<CallbackRecord>;
  /** Also when it is gone already. */
  remove(id: string, signal?: AbortSignal): Promise<void>;
}

export type TicketErrorCode =
  | 'invalid' // 4xx on this ticket: permanent until something is changed
  | 'not-found' // this ticket is gone, with the connection known good
  | 'connection-refused-us' // 401, 403, 404 on a list: a fault of the connection, not of the ticket
  | 'throttled'
  | 'unavailable' // no effect: refused, DNS, TLS, 503 before processing
  | 'outcome-unknown' // may have had an effect
  | 'not-applied'; // answered well, changed nothing

/** The one error of ticket systems: says whether the call may have had an effect and keeps the exact answer. */
export class TicketSystemError extends Error {
  override readonly name = 'TicketSystemError';
  readonly code: TicketErrorCode;
  readonly effect: 'none' | 'unknown';
  /** HTTP status, if an answer came. */
  readonly status: number | null;
  /** The system's exact text, masked, at most 2,000 characters; `message` carries it for people. */
  readonly answer: string | null;
  readonly retryAfterMs: number | null;

  constructor(
    code: TicketErrorCode,
    message: string,
    more: {
      effect: 'none' | 'unknown';
      status?: number | null;
      answer?: string | null;
      retryAfterMs?: number | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: more.cause });
    this.code = code;
    this.effect = more.effect;
    this.status = more.status ?? null;
    this.answer = more.answer ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
  }
}
