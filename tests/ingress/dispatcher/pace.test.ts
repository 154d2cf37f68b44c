import { expect, test } from 'vitest';
import { createPace } from '../../../ingress/dispatcher/pace.ts';

test('the first ring of an incident is never delayed, however busy it is', () => {
  const pace = createPace(20, 2000, () => 0);
  for (let n = 0; n < 500; n++) pace.rang(`busy ${n}`);
  expect(pace.delayOf('new')).toBe(0);
});

test('an incident rung lately waits the longer the more was rung, and no longer than the limit', () => {
  let now = 0;
  const pace = createPace(20, 2000, () => now);
  pace.rang('a');
  now = 5;
  expect(pace.delayOf('a')).toBe(15);
  for (let n = 0; n < 3; n++) pace.rang(`b${n}`);
  expect(pace.delayOf('a')).toBe(1275);
  for (let n = 0; n < 500; n++) pace.rang(`c${n}`);
  expect(pace.delayOf('a')).toBe(1995);
  now = 1200;
  expect(pace.delayOf('a')).toBe(800);
  now = 4000;
  expect(pace.delayOf('a')).toBe(0);
  expect(pace.delayOf('c499')).toBe(0);
});
