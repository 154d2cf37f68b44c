import { expect, test } from 'vitest';
import { createStartsUnderWay } from '../../../ingress/dispatcher/starts-under-way.ts';

const clock = { ms: 0 };

/** Endpoint a has started one at 0 ms and two at 400 ms, and that is all it may. */
function aIsFull() {
  clock.ms = 0;
  const starts = createStartsUnderWay(
    { most: 3, mostOfOneEndpoint: 2, longestMs: 1_000, narrowMs: 5_000 },
    () => clock.ms,
  );
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
  expect([lookAt(starts), starts.isFullFor('a')]).toEqual([false, true]);
  clock.ms = 1_000;
  expect([lookAt(starts), starts.isFullFor('a')]).toEqual([true, false]);
  clock.ms = 1_400;
  expect([lookAt(starts), starts.ids()]).toEqual([true, []]);
});

test('an incident started again counts once, from its last start', () => {
  const starts = aIsFull();
  clock.ms = 900;
  starts.began('a', 'one');
  clock.ms = 1_300;
  expect(lookAt(starts)).toBe(false);
  expect([starts.ids(), starts.isFullFor('a')]).toEqual([['two', 'one'], true]);
});

test('an endpoint whose start was late has one under way while those of others are in time, until one of its own is', () => {
  const starts = aIsFull();
  clock.ms = 1_400;
  lookAt(starts);
  starts.began('b', 'of b');
  starts.keep(new Set(), ['of b']);
  expect(starts.isFullFor('a')).toBe(false);
  starts.began('a', 'three');
  expect([starts.isFullFor('a'), starts.isFullFor('b')]).toEqual([true, false]);
  starts.keep(new Set(), ['three']);
  starts.began('a', 'four');
  expect(starts.isFullFor('a')).toBe(false);
});

test('where the starts of all are late, or nobody else starts anything, an endpoint keeps its places', () => {
  const starts = aIsFull();
  starts.began('b', 'of b');
  clock.ms = 1_500;
  lookAt(starts);
  starts.began('a', 'three');
  expect(starts.isFullFor('a')).toBe(false);
  starts.began('c', 'of c');
  starts.keep(new Set(['three']), starts.ids());
  expect(starts.isFullFor('a')).toBe(true);
  clock.ms = 6_500;
  expect(starts.isFullFor('a')).toBe(false);
});

/** Nothing has its ticket yet. Answers whether that makes room. */
function lookAt(starts: ReturnType<typeof aIsFull>): boolean {
  return starts.keep(new Set(starts.ids()), starts.ids());
}
