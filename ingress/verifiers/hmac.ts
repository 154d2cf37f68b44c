import { createHmac } from 'node:crypto';
import { openValues } from '../../infra/crypto/endpoint-secrets.ts';
import { equalsConstantTime } from '../../infra/crypto/tokens.ts';
import type { VerifierKind } from './verifier-kind.ts';

/** HMAC over the raw bytes, in the header, algorithm, encoding and with the prefix that the endpoint names. */
export const createHmacVerifier: VerifierKind<'hmac'> = (config, secretOf) => {
  const secret = secretOf(config.secretId);
  const header = config.header.toLowerCase();
  const signatureOf = (key: string, body: Buffer) =>
    config.prefix + createHmac(config.algorithm, key).update(body).digest(config.encoding);
  return {
    needsBody: true,
    verify({ headers, rawBody, now }) {
      const sent = headers[header];
      if (sent === undefined || sent.length === 0) return 'missing-signature';
      if (typeof sent !== 'string') return 'invalid-signature';
      const isGood = openValues(secret, now).some((value) => equalsConstantTime(sent, signatureOf(value, rawBody)));
      return isGood ? null : 'invalid-signature';
    },
  };
};
