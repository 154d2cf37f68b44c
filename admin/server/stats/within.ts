import type { RawSpan } from '../../../infra/statistics/plan-reading.ts';

/** That `column` lies in one of the spans; `value` turns a time into what the column holds, `given` adds a parameter. */
export function within(
  spans: readonly RawSpan[],
  column: string,
  value: (time: Date) => unknown,
  given: (value: unknown) => string,
): string {
  const one = ({ from, to }: RawSpan): string =>
    `${column} >= ${given(value(from))}${to === null ? '' : ` and ${column} < ${given(value(to))}`}`;
  return `(${spans.map(one).join(' or ')})`;
}
