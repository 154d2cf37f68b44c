import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARRIVAL_MS, judgeStaleness, type Told } from '../../../workflows/domain/staleness.ts';
import { sightedAfter, type Sighted } from '../../../workflows/domain/staleness-blindness.ts';
import type { Expectation } from '../../../workflows/domain/schedule.ts';

const SECOND = 1_000;
const END = 6_000;

/** A life in seconds: when webhooks came, and when nobody could receive one. */
interface Life {
  everyS: number;
  webhooks: number[];
  gaps: [number, number][];
}

const isBlind = (life: Life, s: number) => life.gaps.some(([from, to]) => from <= s && s < to);

/** The plain model: a clock that runs while somebody can receive, is set back by a webhook and tells each time it runs out. */
function deadlinesOf(life: Life): number[] {
  const found: number[] = [];
  let ran = 0;
  for (let s = 0; s < END; s += 1) {
    if (life.webhooks.includes(s)) ran = 0;
    if (ran === life.everyS && ran > 0) {
      found.push(s);
      ran = 0;
    }
    if (!isBlind(life, s)) ran += 1;
  }
  return found;
}

/** The real rules, looked at as the workflow does: only when they ask for it. */
function told(life: Life, expectation: Expectation): { deadlineS: number; atS: number }[] {
  const found: { deadlineS: number; atS: number }[] = [];
  let state: Told | null = null;
  for (let nowMs = 0; nowMs < END * SECOND;) {
    const seen = life.webhooks.filter((s) => s * SECOND <= nowMs).at(-1);
    const facts = {
      nowMs,
      expectation,
      sinceMs: 0,
      lastSeenMs: seen === undefined ? null : seen * SECOND,
      sighted: sightedUntil(life, nowMs),
      told: state,
      quietUntil: () => null,
    };
    const judged = judgeStaleness(facts);
    if (judged.is === 'overdue') {
      state = judged.overdue.told;
      found.push({ deadlineS: judged.overdue.deadlineMs / SECOND, atS: nowMs / SECOND });
      continue;
    }
    if (judged.wakeMs === null) break;
    nowMs = Math.max(nowMs + 1, judged.wakeMs);
  }
  return found;
}

function sightedUntil(life: Life, nowMs: number): Sighted[] {
  const ends = [0, ...life.gaps.flat(), END].map((s) => s * SECOND);
  const stretches: Sighted[] = [];
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [fromMs = 0, toMs = 0] = ends.slice(i, i + 2);
    if (fromMs <= nowMs) stretches.push({ fromMs, toMs: Math.min(toMs, nowMs) });
  }
  return stretches;
}

const seconds = fc.integer({ min: 1, max: END - 1 });
const life: fc.Arbitrary<Life> = fc
  .record({
    everyS: fc.integer({ min: 60, max: 900 }),
    webhooks: fc.uniqueArray(seconds, { maxLength: 12 }),
    ends: fc.uniqueArray(seconds, { maxLength: 6 }),
  })
  .map(({ everyS, webhooks, ends }) => {
    const sorted = ends.toSorted((a, b) => a - b);
    const gaps: [number, number][] = [];
    for (let i = 0; i + 1 < sorted.length; i += 2) gaps.push([sorted[i] ?? 0, sorted[i + 1] ?? 0]);
    const made: Life = { everyS, gaps, webhooks: [] };
    made.webhooks = webhooks.toSorted((a, b) => a - b).filter((s) => !isBlind(made, s));
    return made;
  });

/** In the first seconds of a blindness nobody knows of it: what is due then is told as if somebody had been there. */
const isKnownInTime = (one: Life, toldAt: readonly number[]) =>
  !toldAt.some((s) => one.gaps.some(([from]) => from < s && s <= from + 4));

/** How much later than its deadline a silence may be told: the end of a blindness is noticed a little after it. */
const lateness = (one: Life, atS: number) =>
  ARRIVAL_MS / SECOND + (one.gaps.some(([from]) => from < atS) ? Math.max(10, one.everyS / 10) : 0);

/** A webhook that comes between a deadline and the instant at which it is told ends the silence untold. */
const isForestalled = (one: Life, deadlines: readonly number[]) =>
  deadlines.some((s) => one.webhooks.some((at) => at > s && at <= s + lateness(one, s)));

describe('silence', () => {
  it('is told at every timeout of the plain model, to the second, whatever webhooks and blindness come between', () => {
    fc.assert(
      fc.property(life, (one) => {
        const got = told(one, { kind: 'interval', everyMs: one.everyS * SECOND });
        fc.pre(
          isKnownInTime(
            one,
            got.map(({ atS }) => atS),
          ),
        );
        const deadlines = deadlinesOf(one);
        fc.pre(!isForestalled(one, deadlines));
        const want = deadlines.filter((s) => s + 100 < END);
        expect(got.map(({ deadlineS }) => deadlineS).slice(0, want.length)).toEqual(want);
        for (const { deadlineS, atS } of got) {
          expect(atS - deadlineS).toBeGreaterThanOrEqual(0);
          expect(atS - deadlineS).toBeLessThanOrEqual(lateness(one, atS) + 0.001);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('counts sighted time as seconds counted one by one', () => {
    fc.assert(
      fc.property(life, fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 1, max: 1_500 }), (one, from, need) => {
        const gaps = one.gaps.map(([a, b]) => ({ fromMs: a * SECOND, toMs: b * SECOND }));
        let s = from;
        for (let left = need; left > 0; s += 1) if (!isBlind(one, s)) left -= 1;
        expect(sightedAfter(from * SECOND, need * SECOND, gaps)).toBe(s * SECOND);
      }),
    );
  });

  it('of a schedule is told once for each expected instant that no webhook answered within its grace', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(seconds, { maxLength: 12 }),
        fc.integer({ min: 200, max: 900 }),
        fc.integer({ min: 60, max: 190 }),
        (heard, everyS, graceS) => {
          const webhooks = heard.toSorted((a, b) => a - b);
          const next = (afterMs: number) => (Math.floor(afterMs / (everyS * SECOND)) + 1) * everyS * SECOND;
          const got = told({ everyS, webhooks, gaps: [] }, { kind: 'schedule', graceMs: graceS * SECOND, next });
          const want: number[] = [];
          for (let at = everyS; at + graceS < END - 1; at += everyS)
            if (!webhooks.some((s) => at <= s && s <= at + graceS)) want.push(at + graceS);
          expect(got.map(({ deadlineS }) => deadlineS).slice(0, want.length)).toEqual(want);
        },
      ),
      { numRuns: 300 },
    );
  });
});
