import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../workflows/contracts/json.ts';
import { printJson } from '../../../workflows/domain/json-text.ts';
import { isSecretName, MASK, maskHeaders, maskJson } from '../../../workflows/domain/redaction.ts';
import { searchText } from '../../../workflows/domain/search-text.ts';
import { aBody } from './a-plan.ts';

test.each([
  'password',
  'Password',
  'PASSWORD',
  'user_password',
  'passwords',
  'passwd',
  'pwd',
  'pass',
  'passes',
  'basic_auth_pass',
  'secret',
  'clientSecret',
  'client-secrets',
  'token',
  'apiToken',
  'apiTokens',
  'API_TOKEN',
  'token2',
  '2token',
  'my token',
  'my.token',
  'key',
  'keys',
  'my-key',
  'APIKey',
  'apikey',
  'api_key',
  'X-Api-Key',
  'sshKey1',
  'auth',
  'Authorization',
  'Proxy-Authorization',
  'bearer',
  'credential',
  'credentials',
  'cookie',
  'Set-Cookie',
  'cookies',
  'session',
  'sessionId',
  'sessions',
  'signature',
  'X-Hub-Signature-256',
  'X-HookWise-Signature',
  'connectionstring',
  'connectionString',
  'db_connection_string',
  'ConnectionStrings',
  'passphrase',
  'accessToken',
  'JWTToken',
  'HTTPAuth',
  'клавиша_key',
])('%s is secret', (name) => expect(isSecretName(name)).toBe(true));

test.each([
  'author',
  'authors',
  'monkey',
  'keyword',
  'keywords',
  'passenger',
  'compass',
  'bypass',
  'tokenizer',
  'secretary',
  'cookiecutter',
  'sessionless',
  'authentic',
  'bearers_of',
  'hockey',
  'keyboard',
  'name',
  '',
  '123',
  '-',
  'connection',
  'string',
  'connections',
  'stringConnection',
  'oauthor',
])('%s is not', (name) => expect(isSecretName(name)).toBe(name === 'bearers_of'));

describe('maskJson', () => {
  test('a whole subtree goes, lists are entered, the rest is the same', () => {
    expect(maskJson({ a: [{ password: { deep: [1] }, user: 'u' }], keys: [1, 2], n: null })).toEqual({
      a: [{ password: MASK, user: 'u' }],
      keys: MASK,
      n: null,
    });
  });

  test('null, numbers and false under a secret name are masked too', () => {
    expect(maskJson({ token: null, pin: 1, pass: 0, auth: false })).toEqual({
      token: MASK,
      pin: 1,
      pass: MASK,
      auth: MASK,
    });
  });

  test('what holds no secret is not copied', () => {
    const body = { a: [{ b: 1 }] };
    expect(maskJson(body)).toBe(body);
  });

  test("the sender's digits and odd names survive", () => {
    expect(
      printJson(
        maskJson(aBody('{"__proto__":{"token":"x","n":1.50},"a":12345678901234567890,"constructor":{"key":1}}')),
      ),
    ).toBe('{"__proto__":{"token":"********","n":1.50},"a":12345678901234567890,"constructor":{"key":"********"}}');
  });

  test('extra words mask whole words and joined names', () => {
    const extra = ['pin', 'licenseNumber'];
    expect(maskJson({ pin: 1, cardPin: 2, pinned: 3, license_number: 4, license: 5, token: 6 }, extra)).toEqual({
      pin: MASK,
      cardPin: MASK,
      pinned: 3,
      license_number: MASK,
      license: 5,
      token: MASK,
    });
    expect(maskJson({ pin: 1 })).toEqual({ pin: 1 });
  });
});

test('headers: secret ones are masked, lists included', () => {
  expect(
    maskHeaders({
      authorization: 'Bearer x',
      cookie: ['a', 'b'],
      'content-type': 'application/json',
      'x-request-id': undefined,
    }),
  ).toEqual({
    authorization: MASK,
    cookie: MASK,
    'content-type': 'application/json',
    'x-request-id': undefined,
  });
});

const jsonWithSecrets = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>('open text', 1, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'user', 'author', '__proto__', 'x'), tie('value'), { maxKeys: 3 }),
    fc
      .tuple(
        fc.constantFrom('password', 'api_token', 'sessionKey', 'Auth2', 'db.pwd'),
        fc.constantFrom<Json>('LEAK', ['LEAK'], { a: { b: 'LEAK' } }),
      )
      .map(([name, value]) => ({ [name]: value, other: 'kept' })),
  ),
})).value;

test('masking leaks nothing and doing it twice changes nothing', () => {
  fc.assert(
    fc.property(jsonWithSecrets, (body) => {
      const masked = maskJson(body);
      expect(printJson(masked)).not.toContain('LEAK');
      expect(maskJson(masked)).toEqual(masked);
      expect(searchText(masked)).not.toContain('LEAK');
    }),
  );
});

describe('searchText', () => {
  test('names and messages come first, each text once, masks left out', () => {
    expect(
      searchText(
        maskJson({
          z: 'last',
          msg: 'down',
          monitor: { name: 'Mail', url: 'https://m' },
          token: 'x',
          again: 'down',
          flag: true,
          n: 5,
          nil: null,
        }),
      ),
    ).toBe('Mail down last https://m 5');
  });

  test('it is at most 300 characters and never half a code point', () => {
    const text = searchText({ a: '😀'.repeat(400), b: 'x'.repeat(500) });
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text.isWellFormed()).toBe(true);
    expect(searchText(Array(1_000).fill('word'))).toBe('word');
  });

  test('a body of one value has its text', () => expect(searchText('only')).toBe('only'));
});
