/**
 * When webhooks are expected. An interval counts from the last one; a schedule names instants, each with a grace. `next` is
 * the first instant after the given one, null when none comes any more: a compiled cron line, handed in.
 */
export type Expectation =
  | { kind: 'interval'; everyMs: number }
  | { kind: 'schedule'; graceMs: number; next(afterMs: number): number | null };

/** An expected webhook: from when it is expected, and how long it may take. */
export interface Expected {
  fromMs: number;
  withinMs: number;
}

/** What is expected next after `fromMs`; null when nothing is. */
export function nextExpected(expectation: Expectation, fromMs: number): Expected | null {
  if (expectation.kind === 'interval') return { fromMs, withinMs: expectation.everyMs };
  const expectedMs = expectation.next(fromMs);
  return expectedMs === null ? null : { fromMs: expectedMs, withinMs: expectation.graceMs };
}

/** From where the next one counts after a missed one was told at `toldMs`. Repeats that were slept through are left out, and so is one that would follow at once. */
export function expectAgainFrom(
  expectation: Expectation,
  missed: { fromMs: number; deadlineMs: number },
  toldMs: number,
): number {
  if (expectation.kind === 'schedule') return Math.max(missed.fromMs, toldMs - expectation.graceMs);
  const late = Math.max(0, toldMs - missed.deadlineMs);
  return missed.deadlineMs + Math.round(late / expectation.everyMs) * expectation.everyMs;
}
