/** A time in which an ingress process was able to accept, as its beats tell. Milliseconds. */
export interface Sighted {
  fromMs: number;
  toMs: number;
}

/** A time in which no ingress could accept; `toMs` is null while it lasts. */
export interface Gap {
  fromMs: number;
  toMs: number | null;
}

/** A beat comes every two seconds; after this long without one, nobody was able to accept. */
export const BEAT_TOLERANCE_MS = 10_000;
/** After this long without one, that may turn out. */
const UNSURE_MS = 3_500;

/**
 * The gaps between what any process has sighted. What lies before the first beat is not known and counts as sighted; without
 * a single beat nothing is known and nothing is a gap.
 */
export function blindGaps(sighted: readonly Sighted[], nowMs: number): Gap[] {
  const gaps: Gap[] = [];
  let reachedMs: number | null = null;
  for (const { fromMs, toMs } of [...sighted].sort((a, b) => a.fromMs - b.fromMs)) {
    if (reachedMs !== null && fromMs > reachedMs) gaps.push({ fromMs: reachedMs, toMs: fromMs });
    reachedMs = Math.max(reachedMs ?? toMs, toMs);
  }
  if (reachedMs !== null && nowMs - reachedMs > BEAT_TOLERANCE_MS) gaps.push({ fromMs: reachedMs, toMs: null });
  return gaps;
}

/** The instant at which `needMs` of sighted time have passed since `fromMs`; null when a gap that still lasts comes before it. */
export function sightedAfter(fromMs: number, needMs: number, gaps: readonly Gap[]): number | null {
  let reachMs = fromMs + needMs;
  for (const gap of gaps) {
    if (gap.toMs !== null && gap.toMs <= fromMs) continue;
    if (gap.fromMs >= reachMs) break;
    if (gap.toMs === null) return null;
    reachMs += gap.toMs - Math.max(gap.fromMs, fromMs);
  }
  return reachMs;
}

/** The gaps that lie between two instants, cut to them. */
export function gapsWithin(fromMs: number, toMs: number, gaps: readonly Gap[]): Sighted[] {
  return gaps.flatMap((gap) => {
    const [from, to] = [Math.max(gap.fromMs, fromMs), Math.min(gap.toMs ?? toMs, toMs)];
    return from < to ? [{ fromMs: from, toMs: to }] : [];
  });
}

/** The last beat is too old to be sure that somebody can accept now, and too young to be sure that nobody can. */
export function isUnsure(sighted: readonly Sighted[], nowMs: number): boolean {
  if (sighted.length === 0) return false;
  const age = nowMs - Math.max(...sighted.map(({ toMs }) => toMs));
  return age > UNSURE_MS && age <= BEAT_TOLERANCE_MS;
}
