/** What a webhook's alerts can do to a ticket, and what people see as its status. */
export type HistoryStatus = 'received' | 'dispatched' | 'held' | 'processed' | 'skipped' | 'failed';
export type HistoryAction = 'none' | 'create' | 'update' | 'close' | 'reopen';

/** Which received webhooks are meant. Plain JSON: instants are ISO strings, `endpoint` is an id, `q` is text that is looked for. */
export interface HistoryFilter {
  endpoint?: string | undefined;
  status?: HistoryStatus | undefined;
  action?: HistoryAction | undefined;
  from?: string | undefined;
  to?: string | undefined;
  ticket?: string | undefined;
  source?: string | undefined;
  q?: string | undefined;
}

/** Adds a value to a statement's parameters and answers its place, such as `$3`. */
export type Given = (value: unknown) => string;

/** Which part of the matching webhooks is read, and in what order. */
export interface Slice {
  /** Ids lower than this one. */
  before?: string | null;
  /** Ids higher than this one. */
  after?: string | null;
  order: 'newest' | 'oldest';
  limit: number;
  /** What else must hold of the webhook `w` and its endpoint `e`; null for nothing. */
  and?: ((given: Given) => string) | null;
}

/** A statement with its parameters. */
export interface Statement {
  text: string;
  values: unknown[];
}
