import { isOldSecretValid } from '../../infra/crypto/endpoint-secrets.ts';
import { equalsConstantTime } from '../../infra/crypto/tokens.ts';
import type { VerifierKind } from './verifier-kind.ts';

const SCHEME = 'Bearer ';
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** `Authorization: Bearer <token>`: the scheme to the letter, then the token and nothing else. */
export const createBearerVerifier: VerifierKind<'bearer'> = (config, secretOf) => {
  const secret = secretOf(config.secretId);
  return ({ headers, now }) => {
    const { authorization } = headers;
    if (!authorization?.startsWith(SCHEME)) return 'missing-bearer';
    const token = authorization.slice(SCHEME.length);
    if (!VISIBLE_ASCII.test(token)) return 'invalid-bearer';
    const isCurrent = equalsConstantTime(token, secret.value);
    const isOld = isOldSecretValid(secret, now) && equalsConstantTime(token, secret.old ?? secret.value);
    return isCurrent || isOld ? null : 'invalid-bearer';
  };
};
