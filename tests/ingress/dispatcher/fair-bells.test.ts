import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RaisedBell } from '../../../infra/database/raise-bells.ts';
import { createFairBells } from '../../../ingress/dispatcher/fair-bells.ts';

const aBell = (endpointId: string, id: string, raisedAt = '2026-03-02T12:00:00Z'): RaisedBell => ({
  id,
  key: `incident:${endpointId}:${id}`,
  endpointId,
  summary: id,
  company: null,
  raisedAt,
});

const NOBODY = () => false;

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
      const taken: string[] = [];
      for (let next = bells.take(isBusy); next; next = bells.take(isBusy)) taken.push(next.id);
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
