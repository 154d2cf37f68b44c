import { Link, UntilShown } from '../link.tsx';
import type { z } from 'zod';
import type { StatsQuery } from '../../server/stats/get.ts';

export type Period = z.output<typeof StatsQuery>['period'];

const PERIODS = [
  ['day', 'Today'],
  ['week', '7 days'],
  ['month', '30 days'],
] as const satisfies readonly (readonly [Period, string])[];

export function PeriodPicker({ period }: { period: Period }) {
  return (
    <nav className="segments" aria-label="Period">
      {PERIODS.map(([value, label]) => (
        <Link
          key={value}
          href={value === 'day' ? '/' : `/?period=${value}`}
          aria-current={value === period ? 'true' : undefined}
        >
          <UntilShown>{label}</UntilShown>
        </Link>
      ))}
    </nav>
  );
}
