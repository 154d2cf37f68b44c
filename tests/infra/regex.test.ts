import { expect, test } from 'vitest';
import { leastCpuMs } from '../support/cpu-time.ts';
import { compilePattern } from '../../infra/regex.ts';

function matches(pattern: string, text: string): boolean {
  const result = compilePattern(pattern);
  if (!result.ok) throw new Error(result.message);
  return result.pattern(text);
}

test.each([
  ['critical', 'This is CRITICAL now', true],
  ['^critical$', 'Critical', true],
  ['^critical$', 'very critical', false],
  ['(?P<level>p[12])', 'P1', true],
  ['a|b', 'xBx', true],
  ['\\d{3}', 'code 503', true],
  ['größe', 'GRÖSSE', false],
  ['größe', 'GRÖßE', true],
  ['.*', '', true],
  ['^$', 'x', false],
  ['a.b', 'a\nb', false],
])('%s on %j: %s', (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected));

test.each(['(', '[a', '(?=x)', '(?<!x)y', '\\1', 'a{2,1}', 'a{1001}', '*', '', 'x'.repeat(1_001)])(
  '%s is refused with a reason',
  (pattern) => {
    const result = compilePattern(pattern);
    expect(result.ok).toBe(false);
    expect(!result.ok && result.message.length).toBeGreaterThan(10);
  },
);

test('a pattern that backtracks elsewhere costs nothing special', () => {
  const cost = leastCpuMs(() => {
    expect(matches('(a+)+$', `${'a'.repeat(1_000_000)}b`)).toBe(true);
    expect(matches('^(a+)+$', `${'a'.repeat(15_000)}b`)).toBe(false);
    expect(matches('^(a|a)*$', `${'a'.repeat(15_000)}b`)).toBe(false);
  });
  expect(cost).toBeLessThan(500);
});
