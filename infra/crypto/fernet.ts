import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';

const VERSION = 0x80;
const HEADER_BYTES = 1 + 8 + 16;
const MAC_BYTES = 32;

/** A text does not open as Fernet: the key is another one, or the text is damaged. */
export class FernetError extends Error {
  override readonly name = 'FernetError';
}

/** Opens Fernet texts (AES-128-CBC, HMAC-SHA256; no limit of age) made under one key. */
export interface FernetOpener {
  /** The plain text. Throws `FernetError`. */
  open(text: string): string;
}

/** Takes a Fernet key: 32 bytes as URL-safe base64, padding optional. Throws `FernetError` with a sentence for anything else. */
export function createFernetOpener(key: string): FernetOpener {
  const bytes = bytesOf(key.trim());
  if (bytes === null || bytes.length !== 32)
    throw new FernetError('A Fernet key is 32 bytes as URL-safe base64: 44 characters, the last of them "=".');
  const [signing, encryption] = [bytes.subarray(0, 16), bytes.subarray(16)];
  return {
    open(text) {
      const token = bytesOf(text.trim());
      if (token === null || !isFernetShaped(text)) throw new FernetError('This text is not in the form of Fernet.');
      const signed = token.subarray(0, -MAC_BYTES);
      const mac = createHmac('sha256', signing).update(signed).digest();
      if (!timingSafeEqual(mac, token.subarray(-MAC_BYTES)))
        throw new FernetError('This text was sealed with another key, or is damaged.');
      const aes = createDecipheriv('aes-128-cbc', encryption, signed.subarray(9, HEADER_BYTES));
      try {
        return Buffer.concat([aes.update(signed.subarray(HEADER_BYTES)), aes.final()]).toString('utf8');
      } catch (cause) {
        throw new FernetError('This text is damaged.', { cause });
      }
    },
  };
}

/** Whether a text has the form of Fernet: base64 of version 0x80, time, IV, whole AES blocks and a MAC. */
export function isFernetShaped(text: string): boolean {
  const bytes = bytesOf(text.trim());
  if (bytes === null || bytes[0] !== VERSION) return false;
  const sealed = bytes.length - HEADER_BYTES - MAC_BYTES;
  return sealed >= 16 && sealed % 16 === 0;
}

function bytesOf(text: string): Buffer | null {
  return /^[\w-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : null;
}
