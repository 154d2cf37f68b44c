import { writeWebhooks } from '../../../infra/database/write-webhooks.ts';
import { inboxRow, type QueuedWebhook } from '../../../infra/history/inbox-row.ts';
import type { Change } from '../transaction.ts';
import type { VerbContext } from '../verb.ts';

/**
 * Puts a webhook into the inbox as the last statement of the transaction (the order of `seq` asks for that), so everything
 * else of the verb, its audit row included, comes before. Answers the new request id.
 */
export async function queueWebhook(
  context: VerbContext,
  { tx }: Pick<Change, 'tx'>,
  webhook: QueuedWebhook,
): Promise<string> {
  const row = inboxRow(context.cipher, webhook);
  await writeWebhooks(tx, [row]);
  return row.id;
}
