import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 16;
const derive = promisify(scrypt) as (
  passphrase: string,
  salt: Uint8Array,
  length: number,
  cost: typeof COST,
) => Promise<Buffer>;

/** Seals and opens texts under one passphrase and salt. `place` is bound to a text: it opens at no other place. */
export interface PassphraseBox {
  /** The salt, as URL-safe base64; it is no secret and is needed to open. */
  salt: string;
  seal(text: string, place: string): string;
  /** null where passphrase, place or text is not the one that was sealed. */
  open(sealed: string, place: string): string | null;
}

/** A box with a new salt, or with the salt of a file (URL-safe base64, 16 bytes; null where it is not). Scrypt: about 0.1 s and 32 MiB. */
export async function createPassphraseBox(passphrase: string, salt?: string): Promise<PassphraseBox | null> {
  const saltBytes = salt === undefined ? randomBytes(SALT_BYTES) : Buffer.from(salt, 'base64url');
  if (saltBytes.length !== SALT_BYTES) return null;
  const key = await derive(passphrase.normalize('NFC'), saltBytes, 32, COST);
  return {
    salt: saltBytes.toString('base64url'),
    seal(text, place) {
      const iv = randomBytes(IV_BYTES);
      const gcm = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
      const body = Buffer.concat([gcm.update(text, 'utf8'), gcm.final()]);
      return Buffer.concat([iv, gcm.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) return null;
      const gcm = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(place));
      gcm.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([gcm.update(bytes.subarray(IV_BYTES + TAG_BYTES)), gcm.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
