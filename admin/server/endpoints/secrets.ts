import { v7 as uuidv7 } from 'uuid';
import type { KeptSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { createToken } from '../../../infra/crypto/tokens.ts';
import type { VerificationConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { invalid } from '../errors.ts';
import { MASK, type VerificationInput } from './verification-input.ts';

/** What the verifiers become in the configuration, the secrets beside it, and the token if one was made now. */
export interface SplitVerification {
  verification: VerificationConfig[];
  secrets: KeptSecrets;
  token: string | null;
}

/**
 * Takes the secrets out of verifiers as sent. A bearer keeps the token there was, else gets a new one; a masked HMAC secret
 * keeps what the verifier with the same header had. Throws `invalid` for a mask with nothing behind it.
 */
export function splitVerification(
  sent: VerificationInput,
  before: { verification: readonly VerificationConfig[]; secrets: KeptSecrets },
): SplitVerification {
  const result: SplitVerification = { verification: [], secrets: {}, token: null };
  const left = before.verification.filter((entry) => entry.type === 'hmac');
  sent.forEach((entry, index) => {
    if (entry.type === 'ip') return void result.verification.push(entry);
    if (entry.type === 'bearer') {
      const known = before.verification.find((kept) => kept.type === 'bearer');
      const secretId = known?.secretId ?? `bearer-${uuidv7()}`;
      const kept = before.secrets[secretId];
      if (!kept) result.token = createToken();
      result.secrets[secretId] = kept ?? { value: result.token ?? createToken() };
      return void result.verification.push({ type: 'bearer', secretId });
    }
    const { secret, ...rest } = entry;
    const at = left.findIndex((kept) => kept.header.toLowerCase() === entry.header.toLowerCase());
    const [known] = secret === MASK ? left.splice(at < 0 ? 0 : at, 1) : [];
    const kept = known && before.secrets[known.secretId];
    if (secret === MASK && !kept)
      throw invalid([{ path: `verification.${index}.secret`, message: 'There is no secret to keep: send one.' }]);
    const secretId = known?.secretId ?? `hmac-${uuidv7()}`;
    result.secrets[secretId] = kept ?? { value: secret };
    result.verification.push({ ...rest, secretId });
  });
  return result;
}
