import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';
import { runStep } from './run-step.ts';
import type { Screen } from './screen.ts';

interface PrepareStep {
  title: string;
  /** The first of these files that is there is run; none: the step is left out and that is said. */
  entries: readonly string[];
  timeoutMs: number;
}

/** What is done once before our processes start, in order. Each is idempotent, because every start does it. */
const PREPARE_STEPS: readonly PrepareStep[] = [
  { title: 'Bringing the database up to date', entries: ['infra/database/migrate-main.ts'], timeoutMs: 600_000 },
  {
    title: 'Preparing the first sign-in',
    entries: ['admin/server/first-run/main.ts', 'admin/server/first-run.ts'],
    timeoutMs: 120_000,
  },
];

/** Runs every prepare step. Throws with a step's last words when one fails. */
export async function prepare(environment: Record<string, string | undefined>, screen: Screen): Promise<void> {
  for (const { title, entries, timeoutMs } of PREPARE_STEPS) {
    const entry = entries.find((file) => existsSync(join(CHECKOUT, file)));
    if (!entry) {
      screen.say(`${title}: left out, ${entries[0]} is not there yet.`);
      continue;
    }
    await screen.during(title, () =>
      runStep({
        name: entry,
        args: [entry],
        environment: { ...environment, NODE_ENV: 'production' },
        timeoutMs,
        onLine: (line) => screen.partSays('prepare', line),
      }),
    );
  }
}
