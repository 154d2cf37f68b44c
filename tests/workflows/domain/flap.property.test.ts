import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  advanceFlap,
  flapEndsAtMs,
  flapNoted,
  flapNotice,
  flapSettings,
  type FlapAlert,
  type FlapState,
} from '../../../workflows/domain/flap.ts';

const START = Date.parse('2026-03-02T12:00:00Z');
const steps = fc.array(
  fc.record({ kind: fc.constantFrom('open' as const, 'close' as const), gap: fc.integer({ min: 1, max: 300 }) }),
  { minLength: 1, maxLength: 60 },
);
const given = fc.record({
  flapChanges: fc.integer({ min: 2, max: 6 }),
  flapMinutes: fc.integer({ min: 1, max: 10 }),
  flapCalmMinutes: fc.integer({ min: 1, max: 10 }),
});

function alertsOf(list: readonly { kind: 'open' | 'close'; gap: number }[]): FlapAlert[] {
  let second = 0;
  return list.map(({ kind, gap }, index) => {
    second += gap;
    return { kind, receivedAt: new Date(START + second * 1_000).toISOString(), webhookId: String(index) };
  });
}

/** The plain model: every change with its instant; flapping is when more than N of the last ones lie within the window. */
function changesOf(alerts: readonly FlapAlert[]): number[] {
  let last = 'close';
  return alerts.flatMap(({ kind, receivedAt }) => {
    if (kind === last) return [];
    last = kind;
    return [Date.parse(receivedAt)];
  });
}

it('begins a spell exactly at the change that is one too many within the window, whatever the batches are', () => {
  fc.assert(
    fc.property(steps, given, fc.integer({ min: 1, max: 9 }), (list, ticketing, size) => {
      const settings = flapSettings(ticketing);
      const alerts = alertsOf(list);
      const changes = changesOf(alerts);
      const at = changes.findIndex(
        (change, index) =>
          index >= settings.changes && change - (changes[index - settings.changes] ?? 0) <= settings.withinMs,
      );
      let state: FlapState | null = null;
      for (let from = 0; from < alerts.length; from += size)
        state = advanceFlap(state, alerts.slice(from, from + size), settings, false);
      if (at === -1) {
        expect(state?.spell ?? null).toBeNull();
        return;
      }
      expect(state?.spell).toMatchObject({
        since: new Date(changes[at - settings.changes] ?? 0).toISOString(),
        lastAt: new Date(changes.at(-1) ?? 0).toISOString(),
      });
      const spell = state?.spell;
      expect((spell?.opens ?? 0) + (spell?.closes ?? 0)).toBe(changes.length - (at - settings.changes));
      expect(Math.abs((spell?.opens ?? 0) - (spell?.closes ?? 0))).toBeLessThanOrEqual(1);
    }),
    { numRuns: 2_000 },
  );
});

it('tells of one spell at most twice, that it begins and that it is over, and never that it is over before it is calm', () => {
  fc.assert(
    fc.property(steps, given, (list, ticketing) => {
      const settings = flapSettings(ticketing);
      let state: FlapState | null = null;
      let told: string[] = [];
      let before: string | null = null;
      for (const alert of alertsOf(list)) {
        const nowMs = Date.parse(alert.receivedAt);
        const due = flapNotice(state, settings, nowMs - 1, false);
        if (due === 'ends') {
          expect(flapEndsAtMs(state, settings) ?? Infinity).toBeLessThan(nowMs);
          told.push(due);
          state = flapNoted(state, due);
          expect(state?.spell).toBeNull();
        }
        state = advanceFlap(state, [alert], settings, false);
        if (state?.spell?.since !== before) told = [];
        before = state?.spell?.since ?? null;
        const notice = flapNotice(state, settings, nowMs, false);
        if (notice === 'begins') told.push(notice);
        state = flapNoted(state, notice);
        expect(flapNotice(state, settings, nowMs, false)).not.toBe('begins');
        expect(told.length).toBeLessThanOrEqual(2);
        expect(state?.last ?? 'closed').toBe(alert.kind === 'close' ? 'closed' : 'open');
      }
    }),
    { numRuns: 2_000 },
  );
});

it('counts no closes of what never failed, and nothing where it is off', () => {
  const settings = flapSettings({ flapChanges: 2, flapMinutes: 10, flapCalmMinutes: 10 });
  const closes = alertsOf(Array.from({ length: 50 }, () => ({ kind: 'close' as const, gap: 1 })));
  expect(advanceFlap(null, closes, settings, true)).toBeNull();
  const changing = alertsOf(
    Array.from({ length: 50 }, (_, index) => ({ kind: index % 2 ? ('close' as const) : ('open' as const), gap: 1 })),
  );
  expect(advanceFlap(null, changing, flapSettings({}), true)).toBeNull();
  const flapping = advanceFlap(null, changing, settings, true);
  expect(flapping?.spell).not.toBeNull();
  expect(
    flapNotice(flapping, flapSettings({ flapChanges: 0 }), Date.parse(changing.at(-1)?.receivedAt ?? ''), false),
  ).toBe('ends');
});
