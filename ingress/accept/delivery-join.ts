import type { NewWebhook } from '../../infra/database/write-webhooks.ts';
import type { InboxOutcome } from './outcome.ts';

/** Lets rows with one delivery id share the fate of the first of them while it is under way, in this process. */
export function createDeliveryJoin(): (row: NewWebhook, begin: () => Promise<InboxOutcome>) => Promise<InboxOutcome> {
  const underWay = new Map<string, Promise<InboxOutcome>>();
  return async (row, begin) => {
    if (row.deliveryDigest === null) return begin();
    const key = `${row.endpointId}:${row.deliveryDigest.toString('base64')}`;
    const first = underWay.get(key);
    if (first !== undefined) {
      const outcome = await first;
      return outcome.kind === 'queued' ? { kind: 'duplicate', requestId: outcome.requestId } : outcome;
    }
    const outcome = begin();
    underWay.set(key, outcome);
    try {
      return await outcome;
    } finally {
      underWay.delete(key);
    }
  };
}
