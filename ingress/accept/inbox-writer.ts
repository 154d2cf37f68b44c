import type { NewWebhook, WrittenWebhook } from '../../infra/database/write-webhooks.ts';
import type { Logger } from '../../infra/observability/logger.ts';
import type { DatabaseWatch } from '../database-watch.ts';
import { createDeliveryJoin } from './delivery-join.ts';
import type { InboxOutcome } from './outcome.ts';
import { settleBatch } from './settle-batch.ts';

export interface InboxLimits {
  rowsPerBatch: number;
  bytesPerBatch: number;
  batchesInFlight: number;
  /** From the start of one batch to that of the next: rows that come one by one share a commit. A row alone never waits. */
  gapMs: number;
  /** Bytes of all rows that wait, those in flight included. */
  queuedBytes: number;
}

export const INBOX_LIMITS: InboxLimits = {
  rowsPerBatch: 250,
  bytesPerBatch: 8 * 1024 * 1024,
  batchesInFlight: 2,
  gapMs: 5,
  queuedBytes: 64 * 1024 * 1024,
};

export interface InboxDeps {
  /** One statement, one commit. Gives up by itself when Postgres does not answer. A second try goes over a connection made for it. */
  write(rows: readonly NewWebhook[], isSecondTry: boolean): Promise<WrittenWebhook[]>;
  ensurePartitions(): Promise<void>;
  watch: DatabaseWatch;
  /** Told after each commit, with the rows that are new. */
  committed(rows: readonly NewWebhook[]): void;
  log: Logger;
  limits: InboxLimits;
}

export interface InboxWriter {
  /** Resolves once the row's fate is certain; never rejects. */
  submit(row: NewWebhook): Promise<InboxOutcome>;
  queuedBytes(): number;
  queuedRows(): number;
  /** Takes nothing more; resolves when all that was taken is settled. */
  drain(): Promise<void>;
}

/** A row that waits, and whom to tell. */
export interface Waiting {
  row: NewWebhook;
  bytes: number;
  settle(outcome: InboxOutcome): void;
}

const ROW_OVERHEAD_BYTES = 512;

/** Group commit: rows that arrive while a batch is under way, or soon after one began, share the next one. Bounded in bytes; full or unreachable is said at once. */
export function createInboxWriter(deps: InboxDeps): InboxWriter {
  const { limits, watch } = deps;
  const join = createDeliveryJoin();
  let queue: Waiting[] = [];
  let queuedBytes = 0;
  let inFlight = 0;
  let isScheduled = false;
  let lastBatchAt = -Infinity;
  let isDraining = false;
  let drained: (() => void) | undefined;

  watch.onLost(() => {
    const refused = queue;
    queue = [];
    for (const waiting of refused) waiting.settle({ kind: 'unavailable' });
  });

  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    const wait = lastBatchAt + limits.gapMs - performance.now();
    if (wait > 0 && queue.length < limits.rowsPerBatch) setTimeout(sendBatches, wait);
    else setImmediate(sendBatches);
  };

  const sendBatches = () => {
    isScheduled = false;
    if (queue.length > 0 && inFlight < limits.batchesInFlight) lastBatchAt = performance.now();
    while (queue.length > 0 && inFlight < limits.batchesInFlight) void send(cutBatch());
    if (isDraining && queue.length === 0 && inFlight === 0) drained?.();
  };

  const cutBatch = (): Waiting[] => {
    let bytes = 0;
    let rows = 0;
    for (const waiting of queue) {
      bytes += waiting.bytes;
      if (rows > 0 && (rows >= limits.rowsPerBatch || bytes > limits.bytesPerBatch)) break;
      rows += 1;
    }
    return queue.splice(0, rows);
  };

  const send = async (batch: readonly Waiting[]) => {
    inFlight += 1;
    try {
      await settleBatch(batch, deps);
    } catch (error) {
      deps.log.error({ err: error }, 'What follows a commit failed');
    } finally {
      inFlight -= 1;
      schedule();
    }
  };

  const enqueue = (row: NewWebhook): Promise<InboxOutcome> => {
    const bytes = row.raw.length + row.headers.length + ROW_OVERHEAD_BYTES;
    if (queuedBytes + bytes > limits.queuedBytes) return Promise.resolve({ kind: 'overloaded' });
    queuedBytes += bytes;
    return new Promise((resolve) => {
      const settle = (outcome: InboxOutcome) => {
        queuedBytes -= bytes;
        resolve(outcome);
      };
      queue.push({ row, bytes, settle });
      schedule();
    });
  };

  return {
    submit(row) {
      if (isDraining || !watch.isReachable()) return Promise.resolve({ kind: 'unavailable' });
      return join(row, () => enqueue(row));
    },
    queuedBytes: () => queuedBytes,
    queuedRows: () => queue.length,
    drain() {
      isDraining = true;
      return new Promise((resolve) => {
        drained = resolve;
        schedule();
      });
    },
  };
}
