import { sha256 } from '../crypto/cipher.ts';
import { createToken } from '../crypto/tokens.ts';

/** A new API key: `key` is shown once, `digest` is what is kept, `prefix` is how people tell keys apart. */
export function newApiKey(): { key: string; digest: Buffer; prefix: string } {
  const key = `hw_${createToken()}`;
  return { key, digest: sha256(Buffer.from(key, 'latin1')), prefix: key.slice(0, 9) };
}
