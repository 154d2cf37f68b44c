import { expect, test } from 'vitest';
import { createStartsUnderWay } from '../../../ingress/dispatcher/starts-under-way.ts';

const clock = { ms: 0 };

/** Endpoint a has started one at 0 ms and two at 400 ms, and that is all it may. */
function aIsFull() {
  clock.ms = 0;
  const starts = createStartsUnderWay({ most: 3, mostOfOneEndpoint: 2, longestMs: 1_000 }, () => clock.ms);
  starts.began('a', 'one');
  clock.ms = 400;
  starts.began('a', 'two');
  return starts;
}

test('an endpoint is full with as many as it may have under way, and another is not', () => {
  const starts = aIsFull();
  expect([starts.isFullFor('a'), starts.isFullFor('b'), starts.isFull()]).toEqual([true, false, false]);
  starts.began('b', 'three');
  expect([starts.isFullFor('b'), starts.isFull()]).toEqual([false, true]);
});

test('what has its ticket makes room; what began after the question stays', () => {
  const starts = aIsFull();
  const asked = starts.ids();
  starts.began('b', 'three');
  starts.keep(new Set(['two']), asked);
  expect([starts.isFullFor('a'), starts.isFull()]).toEqual([false, false]);
  expect(starts.ids()).toEqual(['two', 'three']);
});

test('what takes longer than its time is not counted, so that nothing waits for ever', () => {
  const starts = aIsFull();
  clock.ms = 999;
  expect([starts.isFull(), starts.isFullFor('a')]).toEqual([false, true]);
  clock.ms = 1_000;
  expect([starts.isFull(), starts.isFullFor('a')]).toEqual([false, false]);
  clock.ms = 1_400;
  expect([starts.isFull(), starts.ids()]).toEqual([false, []]);
});

test('an incident started again counts once, from its last start', () => {
  const starts = aIsFull();
  clock.ms = 900;
  starts.began('a', 'one');
  clock.ms = 1_300;
  expect(starts.isFull()).toBe(false);
  expect([starts.ids(), starts.isFullFor('a')]).toEqual([['two', 'one'], true]);
});
