import { expect, test } from 'vitest';
import { incidentStart } from '../../../infra/temporal/ring.ts';

test('a company whose name is longer than Temporal takes is cut in the search attribute, and never between two halves of a letter', () => {
  const startOf = (company: string) =>
    incidentStart({ key: 'incident:a:b', endpointId: 'a', summary: 'Web', company }).typedSearchAttributes.at(-1)
      ?.value;
  expect(startOf('ACME')).toBe('ACME');
  expect(startOf('x'.repeat(5_000))).toBe('x'.repeat(255));
  const letters = String(startOf('\u{1F600}'.repeat(3_000)));
  expect(letters).toBe('\u{1F600}'.repeat(127));
  expect(Buffer.byteLength(letters)).toBeLessThan(2_048);
});
