import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { firstIdAt } from '../../../../infra/history/first-id.ts';
import { countOriginals } from '../../../../infra/history/originals.ts';
import { actorLabel } from '../../audit.ts';
import { conflict, VerbError } from '../../errors.ts';
import { changing } from '../../transaction.ts';
import { defineVerb, type VerbContext } from '../../verb.ts';
import { filterOf } from '../filters.ts';
import { readRun } from './read-runs.ts';
import { BulkReplayInput, type BulkReplayView } from './schemas.ts';

const START_MS = 5_000;

/**
 * Counts what a filter matches, or starts replaying it in the background: everything received until now, the oldest first.
 * The workflow is started before the row is committed, so that a run is both there and under way, or neither. Throws `conflict`
 * where nothing matches, `unavailable` where Temporal does not answer.
 */
export const startBulkReplayVerb = defineVerb({
  name: 'webhook.bulk-replay',
  role: 'operator',
  input: z.object({ body: BulkReplayInput }),
  run: async (context, { body }): Promise<BulkReplayView | { total: number }> => {
    const filter = filterOf(body.filter);
    const beforeId = firstIdAt(new Date());
    const { text, values } = countOriginals(filter, beforeId);
    const total = (await context.pool.query<{ total: number }>(text, values)).rows[0]?.total ?? 0;
    if (body.preview) return { total };
    if (total === 0) throw conflict('No received webhook matches this filter, so there is nothing to replay.');
    const id = uuidv7();
    await changing(context, async (change) => {
      const after = { filter, rules: body.rules, ratePerSecond: body.ratePerSecond, total };
      await change.audit({ action: 'replay', entity: 'bulk-replay', entityId: id, after });
      await change.tx.query(
        'insert into bulk_replay (id, filter, rules, rate, before_id, total, asked_by) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, JSON.stringify(filter), body.rules, body.ratePerSecond, beforeId, total, actorLabel(context.actor)],
      );
      await startWorkflow(context, id);
    });
    return readRun(context.pool, id);
  },
});

async function startWorkflow(context: VerbContext, id: string): Promise<void> {
  try {
    const { startBulkReplay } = await import('../../../../infra/temporal/start-bulk-replay.ts');
    await startBulkReplay(await context.temporal(), id, new Date(Date.now() + START_MS));
  } catch (cause) {
    const message = 'Temporal does not answer at the moment, so nothing was replayed. Try again when it is back.';
    throw new VerbError('unavailable', message, { cause });
  }
}
