import type { Cipher } from '../infra/crypto/cipher.ts';
import { openEndpointSecrets } from '../infra/crypto/endpoint-secrets.ts';
import { loadEndpointByKeyDigest, type EndpointByKey } from '../infra/database/config-store.ts';
import type { Pool } from '../infra/database/pool.ts';
import type { Logger } from '../infra/observability/logger.ts';
import { classifyFault } from './accept/write-fault.ts';
import type { DatabaseWatch } from './database-watch.ts';
import type { FoundEndpoint } from './endpoint-cache.ts';
import type { Verifier } from './endpoint.ts';
import { refused } from './refusal.ts';
import { createVerifiers } from './verifiers/index.ts';
import { NoAnswerError, withinDeadline } from './within-deadline.ts';

const DEADLINE_MS = 3_000;
const CLOSED_TO_ALL: Verifier = { needsBody: false, verify: () => 'unverifiable' };

/** Looks an endpoint up in Postgres and compiles it. Refuses as `unavailable`, at once where Postgres is known to be away. */
export function createLoadByKey(deps: { pool: Pool; cipher: Cipher; watch: DatabaseWatch; log: Logger }) {
  const { pool, cipher, watch, log } = deps;

  const compile = (row: EndpointByKey): readonly Verifier[] => {
    try {
      return createVerifiers(row.config.verification, openEndpointSecrets(cipher, row.id, row.secretsCipher));
    } catch (error) {
      log.error({ err: error, endpointId: row.id }, 'The verification of an endpoint cannot be used: it takes nothing');
      return [CLOSED_TO_ALL];
    }
  };

  const query = (digest: Buffer, isFresh: boolean) =>
    withinDeadline(pool, DEADLINE_MS, (client) => loadEndpointByKeyDigest(client, digest, new Date()), isFresh);

  /** A connection that rested may have died with nobody told: that alone does not mean that Postgres is away. */
  const queryTwice = (digest: Buffer) =>
    query(digest, false).catch((error: unknown) => {
      if (error instanceof NoAnswerError || classifyFault(error) !== 'unreachable') throw error;
      return query(digest, true);
    });

  return async function loadByKey(digest: Buffer): Promise<FoundEndpoint | null> {
    if (!watch.isReachable()) throw refused('unavailable');
    try {
      const row = await queryTwice(digest);
      if (row === null) return null;
      const endpoint = { id: row.id, shard: row.shard, enabled: row.enabled, verifiers: compile(row) };
      return { endpoint, until: row.until?.getTime() ?? null };
    } catch (error) {
      if (classifyFault(error) === 'unreachable') watch.lost(error);
      else log.error({ err: error }, 'An endpoint could not be looked up');
      throw refused('unavailable');
    }
  };
}
