const LEAST_ALIKE = 0.4;
/** Between two analyses that nobody asked for. */
export const BETWEEN_ANALYSES_MS = 15 * 60_000;
/** Analyses of one ticket that nobody asked for, the first included. */
export const MOST_ANALYSES = 4;

/** Whether two messages of one incident tell different stories: few words in common, numbers not counted. */
export function isOtherPicture(analysed: string, now: string): boolean {
  const [before, after] = [wordsOf(analysed), wordsOf(now)];
  if (before.size === 0 || after.size === 0) return before.size !== after.size;
  const common = [...after].filter((word) => before.has(word)).length;
  return common / (before.size + after.size - common) < LEAST_ALIKE;
}

function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .slice(0, 2_000)
      .toLowerCase()
      .match(/\p{L}{2,}/gu) ?? [],
  );
}
