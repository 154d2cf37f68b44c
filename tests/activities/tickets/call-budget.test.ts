import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCallBudget, type CallBudget } from '../../../activities/tickets/call-budget.ts';
import { startStepClock } from '../../../activities/tickets/step-clock.ts';
import { registerConnection } from '../../../activities/tickets/register-connection.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { faultOf } from './port-conformance.ts';

let database: TestDatabase;
let pools: Pool[];
let connection = '';
let count = 0;

beforeAll(async () => {
  database = await testDatabase();
  pools = [1, 2, 3].map((one) => createPool(database.url, { name: `budget-${one}`, max: 2 }));
});
beforeEach(async () => {
  connection = `psa-${(count += 1)}`;
  await registerConnection(onePool(), { name: connection, kind: 'connectwise' });
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

const onePool = (at = 0): Pool => pools[at] as Pool;
const budgetAt = (callsPerSecond: number, more: { pool?: Pool; longestWaitMs?: number } = {}) =>
  createCallBudget({ pool: onePool(), connection, callsPerSecond, ...more });

/** A budget whose burst is used up. */
async function usedBudgetAt(...[callsPerSecond, more]: Parameters<typeof budgetAt>): Promise<CallBudget> {
  const budget = budgetAt(callsPerSecond, more);
  await budget.pause(0);
  return budget;
}

/** When each of `calls` calls was let through, in milliseconds from the start. */
async function timesOf(budgets: readonly CallBudget[], calls: number): Promise<number[]> {
  const begun = performance.now();
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: calls }, async (_, index) => {
      await budgets[index % budgets.length]?.take(undefined);
      times.push(performance.now() - begun);
    }),
  );
  return times;
}

const mostWithin = (times: readonly number[], ms: number) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));

describe('the call budget', () => {
  it('lets a call through at once while nothing else calls, for little more than a question to Postgres', async () => {
    const budget = budgetAt(10_000);
    const medianOf = async (work: () => Promise<unknown>) => {
      const costs: number[] = [];
      for (let time = 0; time < 120; time += 1) {
        const begun = performance.now();
        await work();
        if (time >= 20) costs.push(performance.now() - begun);
      }
      return costs.sort((a, b) => a - b)[50] ?? 0;
    };
    const bare = await medianOf(() => onePool().query('select 1'));
    const taken = await medianOf(() => budget.take(undefined));
    console.info(`a call's turn: ${taken.toFixed(2)} ms; a question to Postgres: ${bare.toFixed(2)} ms`);
    expect(taken).toBeLessThan(3 * bare + 1);
  });

  it('stops the clock of a step that waits for its turn', async () => {
    const budget = await usedBudgetAt(5);
    const [begun, clock] = [performance.now(), startStepClock()];
    await clock.during(() => timesOf([budget], 6));
    const waited = performance.now() - begun;
    expect(waited).toBeGreaterThan(800);
    expect(clock.workedMs()).toBeLessThan(waited / 4);
  });

  it('lets four seconds of calls through at once after a rest, then keeps the rate', async () => {
    const times = await timesOf([budgetAt(50)], 250);
    expect((times[199] ?? 0) - (times[0] ?? 0)).toBeLessThan(900);
    expect(times.at(-1)).toBeGreaterThanOrEqual(950);
    expect(times.at(-1)).toBeLessThan(5_000);
    expect(mostWithin(times.slice(200), 500)).toBeLessThanOrEqual(25 + 2 * 10 + 1);
  });

  it('stays below 1,000 calls in the busiest minute as it is shipped', async () => {
    const times = await timesOf([budgetAt(15)], 75);
    const atOnce = times.filter((at) => at < 500).length;
    expect(atOnce).toBeGreaterThanOrEqual(60);
    const perSecond = (times.length - atOnce) / (((times.at(-1) ?? 0) - 500) / 1_000);
    expect(atOnce + 60 * Math.min(perSecond, 15)).toBeLessThan(1_000);
    expect(times.at(-1)).toBeGreaterThanOrEqual(900);
  });

  it('lets no burst through after a pause', async () => {
    const budget = budgetAt(20);
    await budget.pause(300);
    const times = await timesOf([budget], 21);
    expect(times[0]).toBeGreaterThan(200);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(700);
  });

  it('holds over several processes, and all of them get their share', async () => {
    await usedBudgetAt(60);
    const begun = performance.now();
    const shares = await Promise.all(pools.map((pool) => timesOf([budgetAt(60, { pool })], 30)));
    expect(performance.now() - begun).toBeGreaterThanOrEqual(1_250);
    const ends = shares.map((times) => times.at(-1) ?? 0);
    expect(Math.max(...ends)).toBeLessThan(8_000);
    expect(Math.min(...ends)).toBeGreaterThan(Math.max(...ends) / 4);
  });

  it('serves in the order of asking', async () => {
    const budget = budgetAt(100);
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => budget.take(undefined).then(() => order.push(index))),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('is hardly felt where the cap is lifted', async () => {
    const times = await timesOf([budgetAt(10_000)], 500);
    expect(times.at(-1)).toBeLessThan(3_000);
  });

  it('lets nobody through in a pause, and goes on after it', async () => {
    const budget = budgetAt(100);
    await budget.pause(800);
    const [at] = await timesOf([budget], 1);
    expect(at).toBeGreaterThan(500);
    expect(at).toBeLessThan(5_000);
  });

  it('refuses without effect who would wait too long', async () => {
    const budget = await usedBudgetAt(0.5, { longestWaitMs: 300 });
    await budget.take(undefined);
    expect(await faultOf(budget.take(undefined))).toMatchObject({
      code: 'throttled',
      effect: 'none',
      retryAfterMs: 100,
    });
  });

  it('lets a waiting call be called off, and the next one have its place', async () => {
    const budget = await usedBudgetAt(5);
    await budget.take(undefined);
    const stop = new AbortController();
    const waiting = budget.take(stop.signal);
    const next = budget.take(undefined);
    stop.abort();
    expect(await faultOf(waiting)).toMatchObject({ code: 'unavailable', effect: 'none' });
    await next;
    expect(await faultOf(budget.take(AbortSignal.abort()))).toMatchObject({ code: 'unavailable' });
  });

  it('is unavailable, without effect, for a connection that is not registered or a database that is away', async () => {
    const away = createPool('postgres://nobody@127.0.0.1:1/none', { name: 'away', max: 1 });
    for (const budget of [
      createCallBudget({ pool: onePool(), connection: 'none', callsPerSecond: 5 }),
      budgetAt(5, { pool: away }),
    ]) {
      for (let time = 0; time < 2; time += 1)
        expect(await faultOf(budget.take(undefined))).toMatchObject({ code: 'unavailable', effect: 'none' });
    }
    await away.end();
  });
});
