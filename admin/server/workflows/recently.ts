const FRESH_MS = 4_000;
const MOST_KEPT = 100;

interface Kept {
  at: number;
  answer: Promise<unknown>;
}

const KEPT = Symbol.for('hookwise.admin.recent-workflows');
type Holder = typeof globalThis & { [KEPT]?: Map<string, Kept> };

/** What `ask` answered a moment ago for the same `key`, so that a page looked at by many asks Temporal once in some seconds. */
export function recently<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const kept = ((globalThis as Holder)[KEPT] ??= new Map());
  const known = kept.get(key);
  if (known && Date.now() - known.at < FRESH_MS) return known.answer as Promise<T>;
  if (kept.size >= MOST_KEPT) kept.clear();
  const answer = ask();
  kept.set(key, { at: Date.now(), answer });
  return answer;
}
