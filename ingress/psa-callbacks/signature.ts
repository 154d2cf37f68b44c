import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `signature` is base64 of HMAC-SHA256 over the bytes as sent, keyed with the SHA-256 of the signing key (facts/connectwise.md §9). */
export function isSignatureOf(signature: string, rawBody: Buffer, signingKey: string): boolean {
  const key = createHash('sha256').update(signingKey).digest();
  const expected = createHmac('sha256', key).update(rawBody).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether a header can be such a signature at all. */
export function looksLikeSignature(header: string | string[] | undefined): header is string {
  return typeof header === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(header);
}
