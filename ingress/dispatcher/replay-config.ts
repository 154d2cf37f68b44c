import type { Queryable } from '../../infra/database/pool.ts';
import type { ConfigCache, KnownEndpoint } from './config-cache.ts';
import type { InboxRow } from './inbox-row.ts';

/** By webhook: the configuration a replay is planned with, or why there is none. Others are planned with today's. */
export type ReplayConfigs = ReadonlyMap<
  string,
  { endpoint: KnownEndpoint; failure?: never } | { endpoint?: never; failure: string }
>;

/** The recorded configurations of the replays in a batch that ask for them. An original that has no plan is replayed with today's rules. */
export async function readReplays(
  tx: Queryable,
  cache: ConfigCache,
  rows: readonly InboxRow[],
): Promise<ReplayConfigs> {
  const replays = rows.filter(({ origin, replayRules }) => origin === 'replay' && replayRules === 'recorded');
  const found: Map<string, { endpoint: KnownEndpoint } | { failure: string }> = new Map();
  if (replays.length === 0) return found;
  const { rows: recorded } = await tx.query<{ id: string; version: number | null }>(
    `select id, (plan ->> 'configVersion')::integer as version from webhook_text where id = any($1::uuid[])`,
    [replays.map(({ replayOf }) => replayOf)],
  );
  const versions = new Map(recorded.map(({ id, version }) => [id, version]));
  for (const { id, endpointId, replayOf } of replays) {
    const version = versions.get(replayOf ?? '');
    if (!version) continue;
    const endpoint = await cache.loadVersion(tx, endpointId, version);
    found.set(
      id,
      endpoint
        ? { endpoint }
        : {
            failure: `Version ${version} of the configuration, with which the original was planned, is not kept: replay it with today's rules.`,
          },
    );
  }
  return found;
}
