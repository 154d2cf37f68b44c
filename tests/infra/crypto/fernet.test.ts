import { describe, expect, it } from 'vitest';
import { createFernetOpener, FernetError, isFernetShaped } from '../../../infra/crypto/fernet.ts';

// The published example of the Fernet specification (verify.json).
const KEY = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=';
const TOKEN = 'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==';

describe('Fernet', () => {
  it('opens the published example, with or without padding', () => {
    expect(createFernetOpener(KEY).open(TOKEN)).toBe('hello');
    expect(createFernetOpener(KEY.slice(0, -1)).open(TOKEN.replaceAll('=', ''))).toBe('hello');
  });

  it('opens nothing with another key, and nothing in which one bit differs', () => {
    const other = createFernetOpener(Buffer.alloc(32, 3).toString('base64url'));
    expect(() => other.open(TOKEN)).toThrow(FernetError);
    const bytes = Buffer.from(TOKEN, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      expect(() => createFernetOpener(KEY).open(changed.toString('base64url'))).toThrow(FernetError);
    }
  });

  it.each(['', 'short', KEY.slice(4), `${KEY}AAAA`, 'a key with blanks'])('refuses %j as a key in words', (key) => {
    expect(() => createFernetOpener(key)).toThrow(/32 bytes/);
  });

  it('knows its own form', () => {
    expect(isFernetShaped(TOKEN)).toBe(true);
    for (const text of ['', 'plain-token', TOKEN.slice(0, 40), `x${TOKEN}`, `${TOKEN} x`])
      expect(isFernetShaped(text)).toBe(false);
  });
});
