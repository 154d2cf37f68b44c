import type { HistoryFilter, Slice, Statement } from './filter.ts';
import { matchingIds } from './matching-ids.ts';

/** The most that one replay by filter takes. */
export const MOST_REPLAYED = 1_000_000;

/** What a replay by filter takes, the oldest first: matching webhooks as senders sent them. Replays are left out, their originals are there. */
export function originals(filter: HistoryFilter, slice: Pick<Slice, 'before' | 'after' | 'limit'>): Statement {
  return matchingIds(filter, { ...slice, order: 'oldest', and: () => `w.origin <> 'replay'` });
}

/** How many webhooks that would be. */
export function countOriginals(filter: HistoryFilter, before: string): Statement {
  const { text, values } = originals(filter, { before, limit: MOST_REPLAYED });
  return { text: `select count(*)::int as total from (${text}) found`, values };
}
