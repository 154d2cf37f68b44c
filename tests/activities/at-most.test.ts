import { expect, test } from 'vitest';
import { atMost } from '../../activities/at-most.ts';

test('at most so many run at once, the others in the order of asking, and a fault of one holds nobody up', async () => {
  const turn = atMost(2);
  const began: number[] = [];
  let running = 0;
  let most = 0;
  const work = (n: number) => async () => {
    began.push(n);
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (n === 1) throw new Error('one');
    return n;
  };
  const ends = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => turn(work(n))));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect([began, most]).toEqual([[0, 1, 2, 3, 4], 2]);
  expect(await turn(work(5))).toBe(5);
});
