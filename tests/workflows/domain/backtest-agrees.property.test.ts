import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { createBacktestRun } from '../../../workflows/domain/backtest-run.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { aPlannedAlert, aPlannedWebhook, instant } from './backtest-plans.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = benchPool(database.url);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const DAY_SECONDS = 86_400;
const events = fc.array(
  fc.record({
    kind: fc.constantFrom('open' as const, 'open' as const, 'close' as const),
    gap: fc.constantFrom(1, 5, 29, 31, 70, 400, 4_000, 30_000),
  }),
  { minLength: 1, maxLength: 10 },
);
const timing = fc.record({
  noteIntervalSeconds: fc.constantFrom(0, 30, 300),
  closeDelaySeconds: fc.constantFrom(0, 60, 600),
  reopenWindowSeconds: fc.constantFrom(0, 300, 5_000),
  flapChanges: fc.constantFrom(0, 2, 3),
  flapMinutes: fc.constantFrom(1, 10),
  flapCalmMinutes: fc.constantFrom(1, 10),
});

async function liveUntil(bench: IncidentBench, untilMs: number): Promise<void> {
  for (;;) {
    const { ended, waitsUntil } = await bench.live();
    if (ended || waitsUntil === null || waitsUntil > untilMs) break;
    bench.nowMs = Math.max(bench.nowMs + 1, waitsUntil);
  }
  bench.nowMs = untilMs;
}

test('a backtest counts the tickets, notes, reopenings and closes that the steps of the worker make', async () => {
  await fc.assert(
    fc.asyncProperty(events, timing, async (list, ticketing) => {
      const bench = await anIncident(pool, ticketing);
      const run = createBacktestRun();
      let second = 0;
      for (const { kind, gap } of list) {
        second += gap;
        run.take(aPlannedWebhook(second, [aPlannedAlert(kind)], { timing: ticketing }));
        await liveUntil(bench, Date.parse(instant(second)));
        await bench.alert(kind);
      }
      await liveUntil(bench, Date.parse(instant(second + DAY_SECONDS)));
      run.finish(Date.parse(instant(second + DAY_SECONDS)));
      const live = bench.tickets.all.map(({ notes, isOpen }) => ({
        notes: notes.filter(({ purpose }) => purpose === 'update').length,
        isOpen,
      }));
      expect(run.tickets.map(({ notes, closedAt }) => ({ notes, isOpen: closedAt === null }))).toEqual(live);
      expect(run.counts.closes).toBe(bench.tickets.all.reduce((sum, { closedTimes }) => sum + closedTimes, 0));
    }),
    { numRuns: 40, endOnFailure: false },
  );
}, 300_000);
