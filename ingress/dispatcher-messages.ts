/** What the process says to its dispatcher thread. */
export type ToDispatcher =
  /** Rows of these shards were just committed. */
  | { kind: 'committed'; shards: readonly number[] }
  | { kind: 'metrics'; id: number }
  /** End after the batches under way; the thread then exits by itself. */
  | { kind: 'stop' };

/** What the dispatcher thread says to its process. */
export type FromDispatcher = { kind: 'metrics'; id: number; text: string };
