const windowMs = 60_000;

/** A sliding minute: answers how many seconds to wait, or null where the request is within the limit. */
export function createRateLimit() {
  let times: number[] = [];
  let first = 0;
  return function secondsToWait(limit: number | null, nowMs: number): number | null {
    if (limit === null) return null;
    while (first < times.length && (times[first] ?? 0) <= nowMs - windowMs) first += 1;
    if (first > 10_000) {
      times = times.slice(first);
      first = 0;
    }
    const oldest = times[first];
    if (oldest !== undefined && times.length - first >= limit) return Math.ceil((oldest + windowMs - nowMs) / 1000);
    times.push(nowMs);
    return null;
  };
}
