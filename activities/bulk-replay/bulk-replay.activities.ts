import { inTransaction, type Queryable } from '../../infra/database/pool.ts';
import { writeWebhooks } from '../../infra/database/write-webhooks.ts';
import { originals } from '../../infra/history/originals.ts';
import type { HistoryFilter } from '../../infra/history/filter.ts';
import type { BulkReplayInput, BulkReplayStep } from '../../workflows/contracts/bulk-replay.ts';
import type { ActivityDeps } from '../deps.ts';
import { readPage } from './read-page.ts';
import { whatIsBusy } from './what-is-busy.ts';

const STEP_MS = 1_000;
const BUSY_MS = 2_000;

interface Run {
  filter: HistoryFilter;
  rules: 'recorded' | 'today';
  rate: number;
  state: string;
  before_id: string;
  last_id: string | null;
}

/** Replays by filter. */
export function createBulkReplayActivities(deps: ActivityDeps) {
  return {
    /**
     * Queues the next page of a run, as many webhooks as it may a second, and moves the run on in the same transaction under
     * the lock of its row: whoever does the same step twice finds it done. Queues nothing while live traffic waits, or once
     * the run was cancelled.
     */
    replayNextPage: async ({ id }: BulkReplayInput): Promise<BulkReplayStep> =>
      inTransaction(deps.pool, async (tx) => {
        const { rows } = await tx.query<Run>(
          'select filter, rules, rate, state, before_id, last_id from bulk_replay where id = $1 for update',
          [id],
        );
        const [run] = rows;
        if (!run) return { state: 'unknown', pauseMs: STEP_MS };
        if (run.state !== 'running') return { state: 'over', pauseMs: 0 };
        const busy = await whatIsBusy(tx);
        if (busy !== null) {
          await tx.query('update bulk_replay set waits_for = $2 where id = $1', [id, busy]);
          return { state: 'running', pauseMs: BUSY_MS };
        }
        return replayPage(deps, tx, id, run);
      }),
  };
}

async function replayPage(deps: ActivityDeps, tx: Queryable, id: string, run: Run): Promise<BulkReplayStep> {
  const { text, values } = originals(run.filter, { before: run.before_id, after: run.last_id, limit: run.rate });
  const found = await tx.query<{ id: string }>(text, values);
  const page = await readPage(
    tx,
    deps.cipher,
    found.rows.map((row) => row.id),
    run.rules,
  );
  const isDone = page.taken === found.rows.length && found.rows.length < run.rate;
  await tx.query(
    `update bulk_replay set last_id = coalesce($2, last_id), replayed = replayed + $3, skipped = skipped + $4, unreadable = unreadable + $5,
            waits_for = null, state = case when $6 then 'done' else state end, ended_at = case when $6 then clock_timestamp() end
      where id = $1`,
    [id, page.lastId, page.webhooks.length, page.skipped, page.unreadable, isDone],
  );
  await writeWebhooks(tx, page.webhooks);
  return isDone ? { state: 'over', pauseMs: 0 } : { state: 'running', pauseMs: STEP_MS };
}

export type BulkReplayActivities = ReturnType<typeof createBulkReplayActivities>;
