import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCipher, DecryptError, parseEncryptionKey } from '../../../infra/crypto/cipher.ts';
import { equalsConstantTime } from '../../../infra/crypto/tokens.ts';

describe('the cipher', () => {
  it('opens what it sealed, for any bytes and context', () => {
    const cipher = createCipher(randomBytes(32));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.string(), (plain, context) =>
        cipher.decrypt(cipher.encrypt(plain, context), context).equals(Buffer.from(plain)),
      ),
    );
  });

  it('refuses another row, another key and any changed byte, and never answers the sealed bytes', () => {
    const cipher = createCipher(randomBytes(32));
    const sealed = cipher.encrypt('secret', 'row 1');
    expect(() => cipher.decrypt(sealed, 'row 2')).toThrow(DecryptError);
    expect(() => createCipher(randomBytes(32)).decrypt(sealed, 'row 1')).toThrow(DecryptError);
    for (let at = 0; at < sealed.length; at += 1) {
      const spoiled = Buffer.from(sealed);
      spoiled.writeUInt8(spoiled.readUInt8(at) ^ 1, at);
      expect(() => cipher.decrypt(spoiled, 'row 1')).toThrow(DecryptError);
    }
    expect(() => cipher.decrypt(Buffer.from('plain text'), 'row 1')).toThrow(DecryptError);
  });

  it('still opens what an older key sealed', () => {
    const [older, current] = [randomBytes(32), randomBytes(32)];
    const sealed = createCipher(older).encrypt('kept', 'row');
    expect(createCipher(current, [older]).decrypt(sealed, 'row').toString()).toBe('kept');
  });

  it('takes keys in the form of HookWise and says how to make one', () => {
    const key = randomBytes(32);
    expect(parseEncryptionKey(`${key.toString('base64').replaceAll('+', '-').replaceAll('/', '_')}`)).toEqual(key);
    expect(() => parseEncryptionKey('short')).toThrow(/openssl rand/);
  });

  it('compares texts of any length', () => {
    expect(equalsConstantTime('a', 'a')).toBe(true);
    expect(equalsConstantTime('a', 'ab')).toBe(false);
  });
});
