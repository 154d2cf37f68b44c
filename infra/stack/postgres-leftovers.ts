import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lookUpProcess, processesWorkingIn } from './process-list.ts';
import { becomesTrue } from './process-record.ts';
import { send } from './process-group.ts';

/**
 * Ends a Postgres that still runs on `cluster` (an absolute, resolved path) after an earlier start was killed, and removes
 * a lock file whose pid belongs to another program by now, which Postgres itself would take for a running server.
 */
export async function endStalePostgres(cluster: string): Promise<void> {
  const lock = join(cluster, 'postmaster.pid');
  const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : 0;
  const holder = pid > 0 ? lookUpProcess(pid) : null;
  const isPostmaster = holder !== null && holder.command.includes('postgres') && holder.command.includes(cluster);
  const left = () => [
    ...(isPostmaster && lookUpProcess(pid)?.startedAt === holder.startedAt ? [pid] : []),
    ...processesWorkingIn(cluster).map((found) => found.pid),
  ];
  for (const [signal, graceMs] of [
    ['SIGINT', 5_000],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 2_000],
  ] as const) {
    if (left().length === 0) break;
    if (signal === 'SIGKILL') left().forEach((one) => send(one, signal));
    else if (isPostmaster) send(pid, signal);
    else left().forEach((one) => send(one, signal === 'SIGINT' ? 'SIGTERM' : signal));
    await becomesTrue(() => left().length === 0, graceMs);
  }
  if (left().length > 0)
    throw new Error(
      `A Postgres server still runs on ${cluster} and could not be ended (process ${left().join(', ')}).`,
    );
  if (holder !== null && !isPostmaster) rmSync(lock, { force: true });
}
