/** The rank of a priority that says nothing of itself, or of none: the ticket system's default stands in the middle. */
const MIDDLE = 3;

const WORDS: readonly (readonly [rank: number, words: RegExp])[] = [
  [1, /critical|emergency|urgent|blocker|disaster|highest|kritisch|dringend/],
  [2, /high|major|severe|hoch/],
  [4, /low|minor|niedrig|planned|scheduled/],
  [3, /medium|normal|average|moderate|standard|mittel/],
];

/**
 * How urgent a priority is by its name, 1 first: a number in it (`Priority 2 - High`, `P1`) before its words; unknown names
 * and none are in the middle.
 */
export function priorityRank(name: string | null): number {
  if (name === null) return MIDDLE;
  const digits = /\d+/.exec(name)?.[0];
  if (digits !== undefined) return Math.min(Number(digits), 1_000);
  const lower = name.toLowerCase();
  return WORDS.find(([, words]) => words.test(lower))?.[0] ?? MIDDLE;
}
