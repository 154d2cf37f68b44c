import type { Json } from '../contracts/json.ts';
import { isSenderNumber } from './sender-number.ts';

/** What stands where a secret was. */
export const MASK = '********';

const SECRET_WORDS = [
  'password',
  'passwd',
  'pwd',
  'pass',
  'passphrase',
  'passcode',
  'secret',
  'token',
  'key',
  'auth',
  'authorization',
  'bearer',
  'credential',
  'cookie',
  'session',
  'signature',
  'connectionstring',
  'apikey',
  'apitoken',
  'apisecret',
  'accesskey',
  'accesstoken',
  'authtoken',
  'authkey',
  'clientsecret',
  'privatekey',
  'refreshtoken',
  'secretkey',
  'sessionid',
  'sessiontoken',
  'userpassword',
] as const;

const REMEMBERED_NAMES = 4_000;
/** Of a longer name only both ends are read. */
const LONGEST_NAME = 1_000;
const WORD_PATTERN = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}]+|\p{Lu}/gu;

type NameTest = (name: string) => boolean;

const isDefaultSecret = rememberNames(createNameTest([]));
const testsByExtra = new WeakMap<readonly string[], NameTest>();

/** Whether the value under a key of this name is masked: one of its whole words, or a run of two or three joined, is a secret word. */
export function isSecretName(name: string, extraWords?: readonly string[]): boolean {
  return secretNameTest(extraWords)(name);
}

/** The test of `isSecretName`, made once for a list of extra words. */
export function secretNameTest(extraWords?: readonly string[]): NameTest {
  if (extraWords === undefined || extraWords.length === 0) return isDefaultSecret;
  const known = testsByExtra.get(extraWords);
  if (known !== undefined) return known;
  const made = rememberNames(createNameTest(extraWords));
  testsByExtra.set(extraWords, made);
  return made;
}

/** The value with everything under a secret name replaced by `MASK`. What holds no secret is returned as it is, not copied. */
export function maskJson(value: Json, extraWords?: readonly string[]): Json {
  return maskWith(value, secretNameTest(extraWords));
}

/** Headers with secret ones replaced by `MASK`; repeated headers stay lists. */
export function maskHeaders<T extends string | string[] | undefined>(
  headers: Readonly<Record<string, T>>,
  extraWords?: readonly string[],
): Record<string, T | string> {
  const isSecret = secretNameTest(extraWords);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? MASK : value]));
}

function maskWith(value: Json, isSecret: NameTest): Json {
  if (typeof value !== 'object' || value === null || isSenderNumber(value)) return value;
  if (Array.isArray(value)) {
    let copy: Json[] | null = null;
    for (let index = 0; index < value.length; index += 1) {
      const item = value[index] ?? null;
      const masked = maskWith(item, isSecret);
      if (masked !== item) (copy ??= value.slice())[index] = masked;
    }
    return copy ?? value;
  }
  const names = Object.keys(value);
  let changes: Map<string, Json> | null = null;
  for (const name of names) {
    const member = value[name] ?? null;
    const masked = isSecret(name) ? MASK : maskWith(member, isSecret);
    if (masked !== member) (changes ??= new Map()).set(name, masked);
  }
  if (changes === null) return value;
  const changed = changes;
  return Object.fromEntries(names.map((name) => [name, changed.get(name) ?? value[name] ?? null]));
}

function createNameTest(extraWords: readonly string[]): NameTest {
  const secrets = new Set<string>(SECRET_WORDS);
  for (const extra of extraWords) {
    const joined = wordsOf(extra).join('');
    if (joined !== '') secrets.add(joined);
  }
  const isWord = (word: string): boolean =>
    secrets.has(word) ||
    (word.endsWith('s') && secrets.has(word.slice(0, -1))) ||
    (word.endsWith('es') && secrets.has(word.slice(0, -2)));
  return (name) => {
    const words = wordsOf(name);
    for (let start = 0; start < words.length; start += 1) {
      let run = '';
      for (let end = start; end < words.length && end < start + 3; end += 1) {
        run += words[end] ?? '';
        if (isWord(run)) return true;
      }
    }
    return false;
  };
}

function wordsOf(name: string): string[] {
  const ends =
    name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME / 2)} ${name.slice(-LONGEST_NAME / 2)}` : name;
  return (ends.match(WORD_PATTERN) ?? []).map((word) => word.toLowerCase());
}

function rememberNames(test: NameTest): NameTest {
  const remembered = new Map<string, boolean>();
  return (name) => {
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const answer = test(name);
    if (remembered.size >= REMEMBERED_NAMES) remembered.clear();
    if (name.length <= 100) remembered.set(name, answer);
    return answer;
  };
}
