import { SHARDS } from '../../infra/database/shard.ts';

const ID_LENGTH = 36;
const COUNTS_BYTES = SHARDS * Int32Array.BYTES_PER_ELEMENT;

/** What was being planned when a planner ended. */
export interface Suspects {
  shards: number[];
  /** The one webhook that was planned then, where they were planned one by one. */
  webhookId: string | null;
}

/** What a planner is at, kept in memory that outlives its thread. */
export interface PlanningMark {
  buffer: SharedArrayBuffer;
  /** Marks a shard while its rows are planned. */
  during<T>(shard: number, work: () => Promise<T>): Promise<T>;
  /** Marks the one webhook that is planned now; null when it is over. */
  only(webhookId: string | null): void;
  /** What is marked, which is then forgotten. */
  take(): Suspects;
}

/** A mark in the buffer of another thread, or in one of its own. */
export function createPlanningMark(
  buffer: SharedArrayBuffer = new SharedArrayBuffer(COUNTS_BYTES + ID_LENGTH),
): PlanningMark {
  const counts = new Int32Array(buffer, 0, SHARDS);
  const id = new Uint8Array(buffer, COUNTS_BYTES, ID_LENGTH);
  return {
    buffer,
    async during(shard, work) {
      Atomics.add(counts, shard, 1);
      try {
        return await work();
      } finally {
        Atomics.sub(counts, shard, 1);
      }
    },
    only: (webhookId) => void (webhookId === null ? id.fill(0) : id.set(Buffer.from(webhookId, 'latin1'))),
    take() {
      const shards = [...counts].flatMap((count, shard) => (count > 0 ? [shard] : []));
      const text = Buffer.from(id).toString('latin1');
      counts.fill(0);
      id.fill(0);
      return { shards, webhookId: text.startsWith('\0') ? null : text };
    },
  };
}
