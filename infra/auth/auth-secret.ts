import { hkdfSync } from 'node:crypto';
import { parseEncryptionKey } from '../crypto/cipher.ts';

/** The secret that signs console sessions: `AUTH_SECRET`, else derived from the encryption key. */
export function authSecret(given: string | null, encryptionKey: string): string {
  if (given !== null) return given;
  return Buffer.from(hkdfSync('sha256', parseEncryptionKey(encryptionKey), 'hookwise', 'auth', 32)).toString(
    'base64url',
  );
}
