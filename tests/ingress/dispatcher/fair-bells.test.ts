import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RaisedBell } from '../../../infra/database/raise-bells.ts';
import { createFairBells, type MayRing } from '../../../ingress/dispatcher/fair-bells.ts';

const aBell = (endpointId: string, id: string, raisedAt = '2026-03-02T12:00:00Z'): RaisedBell => ({
  id,
  key: `incident:${endpointId}:${id}`,
  endpointId,
  summary: id,
  company: null,
  raisedAt,
  starts: false,
});

const NOBODY: MayRing = { isBusy: () => false, isFull: () => false, isFullFor: () => false };

test('an endpoint with thousands of bells keeps another waiting for one ring only', () => {
  const bells = createFairBells();
  for (let n = 0; n < 5_000; n += 1) bells.put(aBell('flood', `f${n}`));
  expect(bells.take(NOBODY)?.id).toBe('f0');
  bells.put(aBell('quiet', 'q0'));
  bells.put(aBell('quiet', 'q1'));
  expect([1, 2, 3, 4, 5].map(() => bells.take(NOBODY)?.id)).toEqual(['f1', 'q0', 'f2', 'q1', 'f3']);
  expect(bells.size).toBe(4_996);
});

test('an incident has one bell waiting, the last one, in the place of the first', () => {
  const bells = createFairBells();
  bells.put(aBell('a', 'one', 'first'));
  bells.put(aBell('a', 'two'));
  bells.put(aBell('a', 'one', 'second'));
  expect(bells.size).toBe(2);
  expect(bells.take(NOBODY)).toMatchObject({ id: 'one', raisedAt: 'second' });
  expect(bells.has('one')).toBe(false);
  expect(bells.take(NOBODY)?.id).toBe('two');
  expect(bells.take(NOBODY)).toBeUndefined();
});

test('each bell is taken once, those of one endpoint in their order, and what is busy waits and holds nobody up', () => {
  const bell = fc.record({ endpoint: fc.integer({ min: 0, max: 4 }), id: fc.integer({ min: 0, max: 20 }) });
  fc.assert(
    fc.property(fc.array(bell, { maxLength: 60 }), fc.integer({ min: 0, max: 20 }), (put, busy) => {
      const bells = createFairBells();
      const ids = [...new Set(put.map(({ endpoint, id }) => `${endpoint}-${id}`))];
      for (const id of ids) bells.put(aBell(id.split('-')[0] ?? '', id));
      const isBusy = (id: string) => id.endsWith(`-${busy}`);
      const may = { ...NOBODY, isBusy };
      const taken: string[] = [];
      for (let next = bells.take(may); next; next = bells.take(may)) taken.push(next.id);
      expect(taken.toSorted()).toEqual(ids.filter((id) => !isBusy(id)).toSorted());
      for (const endpoint of ['0', '1', '2', '3', '4'])
        expect(taken.filter((id) => id.startsWith(endpoint))).toEqual(
          ids.filter((id) => id.startsWith(endpoint) && !isBusy(id)),
        );
      expect(bells.size).toBe(ids.length - taken.length);
    }),
    { numRuns: 2_000 },
  );
});

test('an endpoint that has started enough waits with new incidents, not with the bells of those that run, and keeps no other waiting', () => {
  const bells = createFairBells();
  for (const id of ['new 1', 'new 2']) bells.put({ ...aBell('flood', id), starts: true });
  bells.put(aBell('flood', 'runs'));
  bells.put({ ...aBell('quiet', 'new 3'), starts: true });
  const may: MayRing = { ...NOBODY, isFullFor: (endpointId) => endpointId === 'flood' };
  expect([1, 2, 3].map(() => bells.take(may)?.id)).toEqual(['new 3', 'runs', undefined]);
  expect([1, 2, 3].map(() => bells.take(NOBODY)?.id)).toEqual(['new 1', 'new 2', undefined]);
});

test('when as many as may have been started, only the bells of what runs are rung', () => {
  const bells = createFairBells();
  bells.put({ ...aBell('a', 'new'), starts: true });
  bells.put(aBell('b', 'runs'));
  const may: MayRing = { ...NOBODY, isFull: () => true };
  expect([1, 2].map(() => bells.take(may)?.id)).toEqual(['runs', undefined]);
  expect(bells.has('new')).toBe(true);
});

test('starts and bells of what runs take turns', () => {
  const bells = createFairBells();
  for (const n of [1, 2]) {
    bells.put({ ...aBell('a', `new ${n}`), starts: true });
    bells.put(aBell('a', `runs ${n}`));
  }
  expect([1, 2, 3, 4].map(() => bells.take(NOBODY)?.id)).toEqual(['new 1', 'runs 1', 'new 2', 'runs 2']);
});

test('an incident that began to run while its bell waited waits no more for a start', () => {
  const bells = createFairBells();
  bells.put({ ...aBell('flood', 'one'), starts: true });
  bells.put(aBell('flood', 'one', 'second'));
  expect(bells.size).toBe(1);
  expect(bells.take({ ...NOBODY, isFull: () => true })).toMatchObject({ id: 'one', raisedAt: 'second' });
  expect(bells.take(NOBODY)).toBeUndefined();
});
