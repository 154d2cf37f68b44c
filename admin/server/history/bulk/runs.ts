import { z } from 'zod';
import { actorLabel } from '../../audit.ts';
import { conflict } from '../../errors.ts';
import { IdInput } from '../../ids.ts';
import type { Page } from '../../paging.ts';
import { changing } from '../../transaction.ts';
import { defineVerb } from '../../verb.ts';
import { readRun, readRuns } from './read-runs.ts';
import type { BulkReplayView } from './schemas.ts';

const SHOWN = 100;

/** The newest replays by filter. */
export const listBulkReplays = defineVerb({
  name: 'webhook.list-bulk-replays',
  role: 'viewer',
  input: z.object({}),
  run: async ({ pool }): Promise<Page<BulkReplayView>> => ({
    items: await readRuns(pool, `true order by asked_at desc limit ${SHOWN}`, []),
    nextCursor: null,
  }),
});

/** How far a replay by filter is. */
export const getBulkReplay = defineVerb({
  name: 'webhook.get-bulk-replay',
  role: 'viewer',
  input: z.object({ id: IdInput }),
  run: ({ pool }, { id }): Promise<BulkReplayView> => readRun(pool, id),
});

/** Ends a replay by filter: once answered, nothing more of it is queued. What was queued stays. Throws `conflict` where it has ended. */
export const cancelBulkReplay = defineVerb({
  name: 'webhook.cancel-bulk-replay',
  role: 'operator',
  input: z.object({ id: IdInput }),
  run: (context, { id }): Promise<BulkReplayView> =>
    changing(context, async ({ tx, audit }) => {
      const before = await readRun(tx, id);
      const ended = await tx.query(
        `update bulk_replay set state = 'cancelled', waits_for = null, ended_at = clock_timestamp(), ended_by = $2 where id = $1 and state = 'running'`,
        [id, actorLabel(context.actor)],
      );
      if (ended.rowCount === 0) throw conflict(`This replay has ended already (${before.state}).`);
      const run = await readRun(tx, id);
      await audit({
        action: 'cancel',
        entity: 'bulk-replay',
        entityId: id,
        after: { replayed: run.replayed, total: run.total },
      });
      return run;
    }),
});
