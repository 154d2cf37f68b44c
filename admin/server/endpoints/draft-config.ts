import { openEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { invalid, VerbError } from '../errors.ts';
import type { VerbContext } from '../verb.ts';
import { buildConfig, type BuiltConfig } from './build-config.ts';
import { mergePatch } from './merge-patch.ts';
import { asInput, type EndpointRow } from './present.ts';
import { withOurSpellings } from './spellings.ts';

/**
 * What PATCH with `sent` makes of a stored endpoint: objects merged at every depth, lists replaced, masked secrets kept.
 * Writes nothing. Throws `invalid` with the place of every fault.
 */
export function draftConfig(context: VerbContext, row: EndpointRow, sent: unknown): BuiltConfig {
  const patch = withOurSpellings(sent);
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch))
    throw invalid([{ path: '', message: 'must be an object' }]);
  const secrets = openEndpointSecrets(context.cipher, row.id, row.secrets_cipher);
  return buildConfig(mergePatch(asInput(row.config), patch), { verification: row.config.verification, secrets });
}

/** The configuration a call means that sends `config`, or none: the endpoint's own then. What is wrong is named under `config`. */
export function sentDraft(context: VerbContext, row: EndpointRow, sent: unknown): EndpointConfig {
  if (sent === undefined || sent === null) return row.config;
  try {
    return draftConfig(context, row, sent).config;
  } catch (error) {
    if (!(error instanceof VerbError) || error.code !== 'invalid') throw error;
    throw invalid(
      error.faults.map(({ path, message }) => ({ path: path === '' ? 'config' : `config.${path}`, message })),
    );
  }
}
