import { comparePlans, type PlanChange } from '../../../workflows/domain/backtest-compare.ts';
import { createBacktestRun, type BacktestRun } from '../../../workflows/domain/backtest-run.ts';
import type { SimulatedTicket } from '../../../workflows/domain/backtest-incident.ts';
import type { BacktestResult } from './schemas.ts';
import type { BothSides } from './sides.ts';

const MOST_EXAMPLES = 50;
const MOST_OF_A_KIND = 10;
const CHANGES_OF_AN_EXAMPLE = 20;
const MOST_TICKETS = 20;
const DAY_MS = 86_400_000;

type Told = Pick<
  BacktestResult,
  'webhooks' | 'from' | 'to' | 'changed' | 'changes' | 'examples' | 'before' | 'after' | 'tickets'
>;

/** Lives both sides through and counts where they part. Pure. */
export function createTally() {
  const [before, after] = [createBacktestRun(), createBacktestRun()];
  const changes: Record<string, number> = {};
  const shown = new Map<string, number>();
  const examples: BacktestResult['examples'] = [];
  let [webhooks, changed, from, to]: [number, number, string | null, string | null] = [0, 0, null, null];

  const show = (id: string, receivedAt: string, found: readonly PlanChange[]): void => {
    const kind = [...new Set(found.map(({ field }) => field))].join(' ');
    const alike = shown.get(kind) ?? 0;
    if (examples.length >= MOST_EXAMPLES || alike >= MOST_OF_A_KIND) return;
    shown.set(kind, alike + 1);
    examples.push({ requestId: id, receivedAt, changes: found.slice(0, CHANGES_OF_AN_EXAMPLE) });
  };

  return {
    changed: () => changed,
    take(sides: BothSides): void {
      const { id, receivedAt, plan } = sides.before;
      webhooks += 1;
      from ??= receivedAt;
      to = receivedAt;
      before.take(sides.before);
      after.take(sides.after);
      const found = comparePlans(plan, sides.after.plan);
      if (found.length === 0) return;
      changed += 1;
      for (const field of new Set(found.map((change) => change.field))) changes[field] = (changes[field] ?? 0) + 1;
      show(id, receivedAt, found);
    },
    /** Lets what is due after the last webhook happen (notes, delayed closes: within a day), and tells all. */
    end(): Told {
      if (to !== null) for (const run of [before, after]) run.finish(Date.parse(to) + DAY_MS);
      return {
        webhooks,
        from,
        to,
        changed,
        changes,
        examples,
        before: before.counts,
        after: after.counts,
        tickets: { before: busiest(before), after: busiest(after) },
      };
    },
  };
}

function busiest({ tickets }: BacktestRun): SimulatedTicket[] {
  return tickets.toSorted((a, b) => b.alerts - a.alerts).slice(0, MOST_TICKETS);
}
