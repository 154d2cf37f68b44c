import { openValues } from '../../infra/crypto/endpoint-secrets.ts';
import { equalsDigest } from '../../infra/crypto/tokens.ts';
import { sha256 } from '../../infra/crypto/cipher.ts';
import type { VerifierKind } from './verifier-kind.ts';

const SCHEME = 'Bearer ';
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** `Authorization: Bearer <token>`: the scheme to the letter, then the token and nothing else. */
export const createBearerVerifier: VerifierKind<'bearer'> = (config, secretOf) => {
  const secret = secretOf(config.secretId);
  const digests = new Map([secret, ...(secret.olds ?? [])].map(({ value }) => [value, sha256(value)]));
  return {
    needsBody: false,
    verify({ headers, now }) {
      const { authorization } = headers;
      if (!authorization?.startsWith(SCHEME)) return 'missing-bearer';
      const token = authorization.slice(SCHEME.length);
      if (!VISIBLE_ASCII.test(token)) return 'invalid-bearer';
      const isGood = openValues(secret, now).some((value) => equalsDigest(token, digests.get(value)));
      return isGood ? null : 'invalid-bearer';
    },
  };
};
