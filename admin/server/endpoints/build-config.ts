import { validateEndpointExpressions } from '../../../infra/compile-endpoint.ts';
import type { KeptSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { invalid } from '../errors.ts';
import { faultsOf } from '../verb.ts';
import { EndpointInput } from './schemas.ts';
import { splitVerification, type SplitVerification } from './secrets.ts';

/** A configuration ready to be kept, its secrets apart. */
export interface BuiltConfig {
  config: EndpointConfig;
  secrets: KeptSecrets;
  token: SplitVerification['token'];
}

/** Judges a whole endpoint as sent (in our spellings). Throws `invalid` with every fault and its place. */
export function buildConfig(
  sent: unknown,
  before: { verification: EndpointConfig['verification']; secrets: KeptSecrets },
): BuiltConfig {
  const parsed = EndpointInput.safeParse(sent);
  if (!parsed.success) throw invalid(faultsOf(parsed.error.issues));
  const { verification, secrets, token } = splitVerification(parsed.data.verification, before);
  const config: EndpointConfig = { ...parsed.data, verification };
  const faults = validateEndpointExpressions(config);
  if (faults.length > 0) throw invalid(faults);
  return { config, secrets, token };
}
