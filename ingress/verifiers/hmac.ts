import { createHmac } from 'node:crypto';
import { isOldSecretValid } from '../../infra/crypto/endpoint-secrets.ts';
import { equalsConstantTime } from '../../infra/crypto/tokens.ts';
import type { VerifierKind } from './verifier-kind.ts';

/** HMAC over the raw bytes, in the header, algorithm, encoding and with the prefix that the endpoint names. */
export const createHmacVerifier: VerifierKind<'hmac'> = (config, secretOf) => {
  const secret = secretOf(config.secretId);
  const header = config.header.toLowerCase();
  const signatureOf = (key: string, body: Buffer) => config.prefix + createHmac(config.algorithm, key).update(body).digest(config.encoding);
  return ({ headers, rawBody, now }) => {
    const sent = headers[header];
    if (sent === undefined || sent.length === 0) return 'missing-signature';
    if (typeof sent !== 'string') return 'invalid-signature';
    const isCurrent = equalsConstantTime(sent, signatureOf(secret.value, rawBody));
    const isOld = isOldSecretValid(secret, now) && equalsConstantTime(sent, signatureOf(secret.old ?? secret.value, rawBody));
    return isCurrent || isOld ? null : 'invalid-signature';
  };
};
