import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { createRandomPool } from './random-pool.ts';

const FORMAT = 1;
const HEADER_BYTES = 1 + 4 + 4 + 12 + 16;
const DAY_MS = 86_400_000;

/** Encrypts and decrypts what must not be read from a copy of the database. */
export interface Cipher {
  /** AES-256-GCM under a key of the day; `context` (row id, endpoint id) is bound as additional data. */
  encrypt(plain: Uint8Array | string, context: string): Buffer;
  /** The plain bytes. Throws `DecryptError` for another key, another context or changed bytes. */
  decrypt(sealed: Uint8Array, context: string): Buffer;
}

/** The sealed bytes do not open: wrong key, wrong row, or damage. Never falls back to the sealed bytes. */
export class DecryptError extends Error {
  override readonly name = 'DecryptError';
}

/** Parses an `ENCRYPTION_KEY` in HookWise's form: 32 bytes, URL-safe base64. Throws a sentence that says how to make one. */
export function parseEncryptionKey(text: string): Buffer {
  const key = Buffer.from(text.trim().replaceAll('-', '+').replaceAll('_', '/'), 'base64');
  if (key.length !== 32) {
    throw new Error(
      'ENCRYPTION_KEY must be 32 bytes as URL-safe base64; make one with: openssl rand -base64 32 | tr "+/" "-_"',
    );
  }
  return key;
}

/** A cipher over one current key and any number of older ones, which only decrypt. Keys as 32 raw bytes. */
export function createCipher(current: Buffer, older: readonly Buffer[] = []): Cipher {
  const rings = new Map([current, ...older].map((key) => [keyId(key).readUInt32BE(0), key]));
  const currentId = keyId(current).readUInt32BE(0);
  const random = createRandomPool(12 * 256);
  // A key as bytes is imported anew by every cipher, which takes twice the time of sealing a usual webhook.
  const dayKeys = new Map<string, KeyObject>();

  const dayKey = (id: number, day: number): KeyObject => {
    const name = `${id}:${day}`;
    const known = dayKeys.get(name);
    if (known) return known;
    const root = rings.get(id);
    if (!root) throw new DecryptError('The data was encrypted with a key that is not configured.');
    const made = createSecretKey(Buffer.from(hkdfSync('sha256', root, 'hookwise', `day:${day}`, 32)));
    if (dayKeys.size > 200) dayKeys.clear();
    dayKeys.set(name, made);
    return made;
  };

  return {
    encrypt(plain, context) {
      const day = Math.floor(Date.now() / DAY_MS);
      const iv = random.take(12);
      const gcm = createCipheriv('aes-256-gcm', dayKey(currentId, day), iv).setAAD(Buffer.from(context));
      const body = gcm.update(typeof plain === 'string' ? Buffer.from(plain) : plain);
      gcm.final();
      const header = Buffer.alloc(9);
      header.writeUInt8(FORMAT, 0);
      header.writeUInt32BE(currentId, 1);
      header.writeUInt32BE(day, 5);
      return Buffer.concat([header, iv, gcm.getAuthTag(), body]);
    },
    decrypt(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < HEADER_BYTES || bytes.readUInt8(0) !== FORMAT)
        throw new DecryptError('The data is not in a known encrypted form.');
      const gcm = createDecipheriv(
        'aes-256-gcm',
        dayKey(bytes.readUInt32BE(1), bytes.readUInt32BE(5)),
        bytes.subarray(9, 21),
      );
      gcm.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(21, HEADER_BYTES));
      try {
        return Buffer.concat([gcm.update(bytes.subarray(HEADER_BYTES)), gcm.final()]);
      } catch (cause) {
        throw new DecryptError('The data does not open with the configured key.', { cause });
      }
    },
  };
}

function keyId(key: Buffer): Buffer {
  return createHash('sha256').update('hookwise key id').update(key).digest().subarray(0, 4);
}

/** SHA-256 of a text, for look-ups of secrets that must not be stored. */
export function sha256(text: string | Uint8Array): Buffer {
  return hash('sha256', text, 'buffer');
}
