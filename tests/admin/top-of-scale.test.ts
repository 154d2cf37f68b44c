import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topOfScale } from '../../admin/components/charts/top-of-scale.ts';

test.each([
  [0, 4],
  [1, 4],
  [4, 4],
  [5, 8],
  [9, 20],
  [37, 40],
  [41, 80],
  [4_000, 4_000],
  [1_000_000, 2_000_000],
])('the scale of %i ends at %i', (highest, top) => expect(topOfScale(highest)).toBe(top));

test('a scale holds what is drawn, is not far above it, and its quarters are whole', () => {
  fc.assert(
    fc.property(fc.nat(1e9), (highest) => {
      const top = topOfScale(highest);
      expect(top).toBeGreaterThanOrEqual(highest);
      expect(top).toBeLessThanOrEqual(Math.max(4, highest * 2.5));
      expect(Number.isInteger(top / 4)).toBe(true);
    }),
  );
});
