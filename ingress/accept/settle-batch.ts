import type { WrittenWebhook } from '../../infra/database/write-webhooks.ts';
import { NoAnswerError } from '../within-deadline.ts';
import type { InboxDeps, Waiting } from './inbox-writer.ts';
import type { InboxOutcome } from './outcome.ts';
import { classifyFault } from './write-fault.ts';

/**
 * Writes one batch and tells every row its fate. A batch that fails on data is halved until the culprit stands alone; one whose outcome
 * is not known, or that the server could not take now, is sent once more with the same ids, which is harmless if it was committed.
 */
export async function settleBatch(batch: readonly Waiting[], deps: InboxDeps): Promise<void> {
  let isLastTry = false;
  for (;;) {
    try {
      return tell(
        batch,
        await deps.write(
          batch.map(({ row }) => row),
          isLastTry,
        ),
        deps,
      );
    } catch (error) {
      const fault = classifyFault(error);
      if (fault === 'data') return settleHalves(batch, deps, error);
      if (isLastTry) return giveUp(batch, deps, error);
      isLastTry = true;
      if (error instanceof NoAnswerError) deps.watch.lost(error);
      deps.log.warn({ err: error, rows: batch.length }, 'A batch of webhooks was not written and is sent once more');
      if (fault === 'no-partition')
        await deps
          .ensurePartitions()
          .catch((cause: unknown) => deps.log.error({ err: cause }, 'The partition of the day could not be made'));
    }
  }
}

async function settleHalves(batch: readonly Waiting[], deps: InboxDeps, error: unknown): Promise<void> {
  const [only] = batch;
  if (batch.length === 1 && only !== undefined) {
    deps.log.error(
      { err: error, endpointId: only.row.endpointId, requestId: only.row.id },
      'A webhook cannot be stored',
    );
    return only.settle({ kind: 'unstorable' });
  }
  const middle = Math.ceil(batch.length / 2);
  await settleBatch(batch.slice(0, middle), deps);
  await settleBatch(batch.slice(middle), deps);
}

function giveUp(batch: readonly Waiting[], deps: InboxDeps, error: unknown): void {
  for (const waiting of batch) waiting.settle({ kind: 'unavailable' });
  if (classifyFault(error) === 'unreachable') deps.watch.lost(error);
  else deps.log.error({ err: error, rows: batch.length }, 'Postgres refused a batch of webhooks twice');
}

function tell(batch: readonly Waiting[], written: readonly WrittenWebhook[], deps: InboxDeps): void {
  const fresh = batch.filter((_, index) => written[index]?.outcome === 'queued').map(({ row }) => row);
  batch.forEach((waiting, index) => waiting.settle(outcomeOf(written[index])));
  if (fresh.length > 0) deps.committed(fresh);
}

function outcomeOf(written: WrittenWebhook | undefined): InboxOutcome {
  return written === undefined ? { kind: 'unavailable' } : { kind: written.outcome, requestId: written.requestId };
}
