import { randomFillSync } from 'node:crypto';

/**
 * Strong random bytes, fetched many at a time, since one call for each costs more than what it is for. The bytes of `take` are given
 * out once, as a view that the next but few calls overwrite: use them before anything else runs.
 */
export function createRandomPool(size: number): { take(count: number): Buffer } {
  const pool = Buffer.alloc(size);
  let used = size;
  return {
    take(count) {
      if (used + count > size) {
        randomFillSync(pool);
        used = 0;
      }
      used += count;
      return pool.subarray(used - count, used);
    },
  };
}
