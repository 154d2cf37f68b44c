import { expect, it } from 'vitest';
import { createPassphraseBox } from '../../../infra/crypto/passphrase.ts';

it('a passphrase opens what it sealed, at its place alone, and no other passphrase does', async () => {
  const box = await createPassphraseBox('correct horse — bätterie');
  const sealed = box?.seal('a secret', 'endpoint:1:key') ?? '';
  expect(sealed).toMatch(/^[\w-]+$/);
  expect(sealed).not.toBe(box?.seal('a secret', 'endpoint:1:key'));
  const again = await createPassphraseBox('correct horse — bätterie', box?.salt);
  expect(again?.open(sealed, 'endpoint:1:key')).toBe('a secret');
  expect(again?.open(sealed, 'endpoint:2:key')).toBeNull();
  expect(again?.open(sealed.slice(0, -2), 'endpoint:1:key')).toBeNull();
  expect(again?.open('', 'endpoint:1:key')).toBeNull();
  const other = await createPassphraseBox('correct horse', box?.salt);
  expect(other?.open(sealed, 'endpoint:1:key')).toBeNull();
  expect(await createPassphraseBox('x', 'short')).toBeNull();
});
