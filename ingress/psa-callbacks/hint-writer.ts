const MOST_WAITING = 2_000;
const MOST_A_WRITE = 200;

/** Keeps hints, many in one statement. */
export interface HintWriter {
  /** Whether an open incident has the ticket, once the hint is committed. Rejects when it could not be kept, or too many wait. */
  keep(ticketId: string): Promise<boolean>;
}

interface Waiter {
  ticketId: string;
  resolve(isKnown: boolean): void;
  reject(error: unknown): void;
}

/** What comes while one write is under way goes into the next. `write` answers the tickets that an open incident has. */
export function createHintWriter(write: (ticketIds: readonly string[]) => Promise<ReadonlySet<string>>): HintWriter {
  let waiting: Waiter[] = [];
  let isWriting = false;

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_A_WRITE);
      waiting = waiting.slice(MOST_A_WRITE);
      try {
        const known = await write([...new Set(batch.map(({ ticketId }) => ticketId))]);
        for (const { ticketId, resolve } of batch) resolve(known.has(ticketId));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isWriting = false;
  };

  return {
    keep: (ticketId) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= MOST_WAITING) return reject(new Error('Too many hints wait to be kept.'));
        waiting.push({ ticketId, resolve, reject });
        if (isWriting) return;
        isWriting = true;
        queueMicrotask(() => void writeAll());
      }),
  };
}
