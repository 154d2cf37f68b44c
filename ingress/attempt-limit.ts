export interface AttemptLimit {
  /** Counts one failed attempt; false when its maker has used up what it had. */
  count(maker: string): boolean;
}

interface Bucket {
  left: number;
  at: number;
}

/**
 * A bucket of `burst` failed attempts a maker, filled again at `perSecond`. At most `makers` are remembered; the one counted
 * longest ago is forgotten first. `now` answers milliseconds.
 */
export function createAttemptLimit(
  limits: { burst: number; perSecond: number; makers: number },
  now: () => number,
): AttemptLimit {
  const buckets = new Map<string, Bucket>();
  return {
    count(maker) {
      const at = now();
      const known = buckets.get(maker);
      const left = known
        ? Math.min(limits.burst, known.left + ((at - known.at) / 1000) * limits.perSecond)
        : limits.burst;
      buckets.delete(maker);
      buckets.set(maker, { left: Math.max(0, left - 1), at });
      const oldest = buckets.size > limits.makers ? buckets.keys().next().value : undefined;
      if (oldest !== undefined) buckets.delete(oldest);
      return left >= 1;
    },
  };
}
