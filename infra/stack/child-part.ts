import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';
import { spawnGroup } from './process-group.ts';
import type { Part } from './supervise.ts';

/** One of our own processes: its entry file, the bounds of its heap, and how long it may take to drain. */
export interface ChildPlan {
  name: string;
  entry: string;
  nodeFlags: readonly string[];
  /**
   * Accepting and planning come first: the others give way when processors are short, the console least. Below 0 where the system
   * lets us: each backend of Postgres is a session of its own, and as many of them as are busy weigh against this one.
   */
  niceness: number;
  graceMs: number;
}

/** Our processes in the order they are started; they are stopped as `STOP_ORDER` says. */
export const CHILDREN: readonly ChildPlan[] = [
  {
    name: 'worker',
    entry: 'activities/worker.ts',
    nodeFlags: ['--max-old-space-size=160', '--max-semi-space-size=8'],
    niceness: 5,
    graceMs: 4_000,
  },
  {
    name: 'ingress',
    entry: 'ingress/main.ts',
    nodeFlags: ['--max-old-space-size=160', '--max-semi-space-size=16'],
    niceness: -5,
    graceMs: 2_500,
  },
  {
    name: 'admin',
    entry: 'admin/main.ts',
    nodeFlags: ['--max-old-space-size=192', '--max-semi-space-size=4', '--optimize-for-size'],
    niceness: 2,
    graceMs: 1_500,
  },
];

export const STOP_ORDER = ['ingress', 'worker', 'admin', 'temporal', 'postgres'] as const;

/** A child as a part under supervision, or `null` when its entry file is not there. */
export function childPart(
  plan: ChildPlan,
  options: {
    environment: Record<string, string | undefined>;
    recordDir: string;
    watch: boolean;
    onLine: (line: string) => void;
  },
): Part | null {
  if (!existsSync(join(CHECKOUT, plan.entry))) return null;
  const isConsole = plan.name === 'admin';
  const args = [...plan.nodeFlags, plan.entry, ...(options.watch && isConsole ? ['--dev'] : [])];
  return {
    name: plan.name,
    graceMs: plan.graceMs,
    async start() {
      const group = await spawnGroup({
        name: plan.name,
        command: process.execPath,
        args,
        cwd: CHECKOUT,
        env: {
          MALLOC_ARENA_MAX: '2',
          ...options.environment,
          NODE_ENV: options.watch && isConsole ? 'development' : 'production',
        },
        niceness: plan.niceness,
        recordDir: options.recordDir,
        onLine: options.onLine,
      });
      return { group, stop: (graceMs) => group.end([{ signal: 'SIGTERM', graceMs }]) };
    },
  };
}
