const ROUND = [1, 2, 5, 10];

/** The top of a scale that holds `highest` (a count of 0 or more) and whose quarters are whole and round: 4 times 1, 2 or 5 times a power of ten. */
export function topOfScale(highest: number): number {
  const quarter = Math.max(1, highest / 4);
  const power = 10 ** Math.floor(Math.log10(quarter));
  return 4 * power * (ROUND.find((round) => round * power >= quarter) ?? 10);
}
