import { createPassphraseBox, type PassphraseBox } from '../../../infra/crypto/passphrase.ts';
import { invalid } from '../errors.ts';
import { KEEP, type WantedSecret } from './desired.ts';

const REFERENCE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
const ENCRYPTED = 'encrypted:';
const CHECK = 'hookwise';

/** What a request gives beside the file, to open its secrets. */
export interface SecretSources {
  values: Readonly<Record<string, string>>;
  passphrase: string | null;
}

/** The box of a file, null where no passphrase is given or nothing is encrypted. Throws `invalid` for another passphrase. */
export async function openBox(
  encryption: { salt: string; check: string } | undefined,
  { passphrase }: SecretSources,
): Promise<PassphraseBox | null> {
  if (!encryption || passphrase === null) return null;
  const box = await createPassphraseBox(passphrase, encryption.salt);
  if (box?.open(encryption.check, 'check') === CHECK) return box;
  throw invalid([
    { path: 'encryption', message: 'The passphrase is not the one this file was sealed with. Give that one.' },
  ]);
}

/** What a file says of its encryption, and how a secret of it is written. */
export async function sealFile(passphrase: string) {
  const box = await createPassphraseBox(passphrase);
  if (!box) throw new Error('A new salt always makes a box.');
  return {
    encryption: { salt: box.salt, check: box.seal(CHECK, 'check') },
    seal: (text: string, place: string) => ENCRYPTED + box.seal(text, place),
  };
}

/** The place a secret is bound to when it is encrypted. */
export function secretPlace(endpointId: string, what: 'key' | 'token' | 'secret'): string {
  return `endpoint:${endpointId}:${what}`;
}

/**
 * A secret as written: `keep`, `${NAME}` or `encrypted:…`; nothing at all means `keep`. Throws `invalid` with the remedy for
 * any other text, since a secret in clear does not belong into a file.
 */
export function readSecret(
  given: unknown,
  place: string,
  box: PassphraseBox | null,
  { values }: SecretSources,
): WantedSecret {
  const refuse = (message: string) => invalid([{ path: '', message }]);
  if (given === undefined || given === null || given === 'keep') return KEEP;
  if (typeof given !== 'string') throw refuse('must be keep, ${NAME} or an encrypted value');
  const name = REFERENCE.exec(given)?.[1];
  if (name !== undefined) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value) return { keep: false, value };
    throw refuse(`${name} is not given. Set it in the environment of the command, or send it in "values".`);
  }
  if (!given.startsWith(ENCRYPTED))
    throw refuse('A secret does not stand in the file in clear: write keep, ${NAME} or an encrypted value.');
  if (box === null)
    throw refuse(
      'This value is encrypted, and the passphrase or the part "encryption" of the file is missing. Give both.',
    );
  const value = box.open(given.slice(ENCRYPTED.length), place);
  if (value !== null) return { keep: false, value };
  throw refuse('This value was sealed for another endpoint, or is damaged. Take it from the file as it was written.');
}
