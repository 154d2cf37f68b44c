import { expectAgainFrom, nextExpected, type Expectation } from './schedule.ts';
import { blindGaps, gapsWithin, isUnsure, sightedAfter, type Gap, type Sighted } from './staleness-blindness.ts';

/** A webhook received right before the deadline may still be on its way into the database. */
export const ARRIVAL_MS = 200;
const UNSURE_PAUSE_MS = 1_000;
const SHORTEST_BLIND_MS = 5_000;
const LONGEST_BLIND_MS = 300_000;

/** What was told of the present silence. */
export interface Told {
  /** From where this silence counts: the last webhook, or the switching on. */
  baseMs: number;
  /** From where the next repeat counts. */
  fromMs: number;
  count: number;
}

export interface StalenessFacts {
  nowMs: number;
  expectation: Expectation;
  /** When it was switched on, or its schedule last changed. */
  sinceMs: number;
  lastSeenMs: number | null;
  /** When an ingress was able to accept, as far as it matters; empty when nothing is known. */
  sighted: readonly Sighted[];
  told: Told | null;
  /** The end of the maintenance that is on, null when none is. Asked only of what is late. */
  quietUntil(atMs: number): number | null;
}

/** A webhook that did not come. `blind` are the times in which none could have been received. */
export interface Overdue {
  deadlineMs: number;
  blind: Sighted[];
  /** What is told from now on. */
  told: Told;
}

export type Staleness =
  | { is: 'waiting'; deadlineMs: number | null; wakeMs: number | null }
  | { is: 'blind'; wakeMs: number }
  | { is: 'quiet'; deadlineMs: number; wakeMs: number }
  | { is: 'overdue'; overdue: Overdue };

/** What was told still holds: no webhook came and nothing was switched since. */
export function stillTold({ sinceMs, lastSeenMs, told }: StalenessFacts): Told | null {
  return told !== null && told.baseMs === baseOf(sinceMs, lastSeenMs) ? told : null;
}

/** A webhook came since the silence was told. */
export function isRecovered({ lastSeenMs, told }: StalenessFacts): boolean {
  return told !== null && lastSeenMs !== null && lastSeenMs > told.baseMs;
}

/** Judges the silence of one endpoint at an instant. The same facts give the same answer, however often it is asked. */
export function judgeStaleness(facts: StalenessFacts): Staleness {
  const { nowMs, expectation, sighted } = facts;
  const gaps = blindGaps(sighted, nowMs);
  const told = stillTold(facts);
  const baseMs = baseOf(facts.sinceMs, facts.lastSeenMs);
  const expected = nextExpected(expectation, told?.fromMs ?? baseMs);
  if (expected === null) return { is: 'waiting', deadlineMs: null, wakeMs: null };
  const deadlineMs = sightedAfter(expected.fromMs, expected.withinMs, gaps);
  if (deadlineMs === null) return { is: 'blind', wakeMs: nowMs + blindPause(gaps, nowMs, expected.withinMs) };
  if (nowMs < deadlineMs + ARRIVAL_MS) return { is: 'waiting', deadlineMs, wakeMs: deadlineMs + ARRIVAL_MS };
  if (isUnsure(sighted, nowMs)) return { is: 'waiting', deadlineMs, wakeMs: nowMs + UNSURE_PAUSE_MS };
  const quietUntilMs = facts.quietUntil(nowMs);
  if (quietUntilMs !== null) return { is: 'quiet', deadlineMs, wakeMs: quietUntilMs };
  return {
    is: 'overdue',
    overdue: {
      deadlineMs,
      blind: gapsWithin(expected.fromMs, deadlineMs, gaps),
      told: {
        baseMs,
        fromMs: expectAgainFrom(expectation, { fromMs: expected.fromMs, deadlineMs }, nowMs),
        count: (told?.count ?? 0) + 1,
      },
    },
  };
}

function baseOf(sinceMs: number, lastSeenMs: number | null): number {
  return Math.max(sinceMs, lastSeenMs ?? sinceMs);
}

/** As long again as the blindness has lasted, at most a tenth of what is allowed: its end is noticed early, and a day of it costs few looks. */
function blindPause(gaps: readonly Gap[], nowMs: number, withinMs: number): number {
  const lasts = nowMs - (gaps.at(-1)?.fromMs ?? nowMs);
  return Math.max(SHORTEST_BLIND_MS, Math.min(LONGEST_BLIND_MS, lasts, withinMs / 10));
}
