const SECOND_MS = 1_000;

/** Spreads the rings of incidents that are rung again and again, the more the busier it is; the first ring of any is never delayed. */
export interface Pace {
  /** How long a ring of this incident should still wait. */
  delayOf(id: string): number;
  rang(id: string): void;
}

/**
 * The gap between two rings of one incident grows with the third power of the rings of the last second, from `gapMs` at one to at
 * most `longestMs`: a quiet system is not delayed, and a busy one settles at a rate that the number of its incidents hardly moves.
 * `now` in milliseconds.
 */
export function createPace(gapMs: number, longestMs: number, now: () => number): Pace {
  const lastRings = new Map<string, number>();
  let second = { began: now(), rings: 0 };
  let before = 0;

  const turn = (at: number): void => {
    const passed = at - second.began;
    if (passed < SECOND_MS) return;
    before = passed < 2 * SECOND_MS ? second.rings : 0;
    second = { began: at, rings: 0 };
    for (const [id, rang] of lastRings) {
      if (at - rang < longestMs) break;
      lastRings.delete(id);
    }
  };

  return {
    delayOf(id) {
      const at = now();
      turn(at);
      const rang = lastRings.get(id);
      if (rang === undefined) return 0;
      const gap = Math.min(longestMs, gapMs * Math.max(before, second.rings) ** 3);
      return Math.max(0, rang + gap - at);
    },
    rang(id) {
      const at = now();
      turn(at);
      second.rings += 1;
      lastRings.delete(id);
      lastRings.set(id, at);
    },
  };
}
