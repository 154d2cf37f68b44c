const MINUTE_MS = 60_000;
const HORIZON_MS = 86_400_000;

/**
 * The first instant, to the second, at which `isQuiet` answers no; null when it does at once. What is quiet for longer than a
 * day is asked again then. Windows begin and end at whole minutes, one-time ones at whole seconds.
 */
export function quietUntil(atMs: number, isQuiet: (atMs: number) => boolean): number | null {
  if (!isQuiet(atMs)) return null;
  for (let loud = Math.ceil((atMs + 1) / MINUTE_MS) * MINUTE_MS; loud < atMs + HORIZON_MS; loud += MINUTE_MS) {
    if (!isQuiet(loud)) return firstLoudSecond(Math.max(atMs, loud - MINUTE_MS), loud, isQuiet);
  }
  return atMs + HORIZON_MS;
}

function firstLoudSecond(quietMs: number, loudMs: number, isQuiet: (atMs: number) => boolean): number {
  let [quiet, loud] = [Math.floor(quietMs / 1_000), loudMs / 1_000];
  while (loud - quiet > 1) {
    const middle = Math.floor((quiet + loud) / 2);
    if (isQuiet(middle * 1_000)) quiet = middle;
    else loud = middle;
  }
  return loud * 1_000;
}
