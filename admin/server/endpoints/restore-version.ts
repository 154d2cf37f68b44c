import { z } from 'zod';
import { openEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { conflict, VerbError } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { changing } from '../transaction.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { buildConfig, type BuiltConfig } from './build-config.ts';
import { changeEndpoint, ChangeQuery } from './change-endpoint.ts';
import { requireVersion } from './expected-version.ts';
import { findEndpoint } from './find.ts';
import { asInput, type EndpointRow } from './present.ts';
import type { EndpointAnswer } from './schemas.ts';
import { findVersion, type VersionRow } from './version-rows.ts';

/**
 * Saves what an earlier version held as a new version; secrets and its place in lists stay as they are now. Throws `conflict` where it cannot hold
 * any more, with the places, and where open incidents would get another identity and that is not confirmed.
 */
export const restoreVersion = defineVerb({
  name: 'endpoint.restore',
  role: 'admin',
  input: z.object({ id: IdInput, version: z.string(), query: ChangeQuery.default({}) }),
  run: (context, { id, version, query: { confirm, expectedVersion } }): Promise<EndpointAnswer> =>
    changing(context, async (change) => {
      const row = await findEndpoint(change.tx, id, 'lock');
      await requireVersion(change.tx, row, expectedVersion);
      const kept = await findVersion(change.tx, id, version);
      if (kept.version === row.version) throw conflict(`Version ${kept.version} is the one that holds now.`);
      const built = rebuilt(context, row, kept);
      const note = { restoredFrom: kept.version };
      return changeEndpoint(context, change, { row, built }, { action: 'restore', confirm, note });
    }),
});

function rebuilt(context: VerbContext, row: EndpointRow, kept: VersionRow): BuiltConfig {
  const secrets = openEndpointSecrets(context.cipher, row.id, row.secrets_cipher);
  try {
    return buildConfig(
      { ...asInput(kept.config), position: row.config.position },
      { verification: row.config.verification, secrets },
    );
  } catch (error) {
    if (!(error instanceof VerbError) || error.code !== 'invalid') throw error;
    const { faults } = error;
    const isSecret = faults.some(({ path }) => path.endsWith('.secret'));
    const remedy = isSecret
      ? 'Its secret is not kept any more: add the HMAC check with its secret first, then restore.'
      : 'Copy what you need of it into a change instead.';
    throw new VerbError('conflict', `Version ${kept.version} cannot be restored as it is. ${remedy}`, {
      faults,
      cause: error,
    });
  }
}
