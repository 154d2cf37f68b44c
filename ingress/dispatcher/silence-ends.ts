import { endSilences, type SignOfLife, type SilenceEnd } from '../../infra/database/end-silences.ts';
import type { Queryable } from '../../infra/database/pool.ts';
import type { InboxRow } from './inbox-row.ts';

/** The closes of silences that these webhooks end, for the transaction that plans them. Tests and replays are no sign of life. */
export function silencesEndedBy(tx: Queryable, rows: readonly InboxRow[]): Promise<SilenceEnd[]> {
  const signs = new Map<string, SignOfLife>();
  for (const { id, endpointId, receivedAt, origin } of rows)
    if (origin === 'http' && !signs.has(endpointId))
      signs.set(endpointId, { endpointId, requestId: id, at: receivedAt });
  return endSilences(tx, [...signs.values()]);
}
