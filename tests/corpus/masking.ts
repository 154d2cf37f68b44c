import { opened, type CorpusCase, type ExpectedAlert } from './corpus-case.ts';

const LEAK = 'LEAK-7f3a';
const MASK = '********';

/** Names whose values are masked: a whole word of them, split at `_ - .`, blanks, digits and camelCase, is secret. */
const SECRET = [
  'password',
  'Password',
  'PASSWORD',
  'db_password',
  'passwd',
  'pwd',
  'pwd2',
  'basic_auth_pass',
  'passwords',
  'secret',
  'client-secret',
  'clientSecret',
  'secrets',
  'token',
  'apiToken',
  'API_TOKEN',
  'push token',
  'tokens',
  'key',
  'api.key',
  'APIKey',
  'X-Api-Key',
  'sshKey1',
  'keys',
  'auth',
  'authorization',
  'Proxy-Authorization',
  'bearer',
  'bearerToken',
  'credential',
  'credentials',
  'cookie',
  'Set-Cookie',
  'session',
  'sessionId',
  'signature',
  'connectionString',
];

const PLAIN = [
  'author',
  'authority',
  'monkey',
  'donkey',
  'keyboard',
  'keyword',
  'keystone',
  'secretary',
  'tokenizer',
  'compass',
  'passenger',
  'bypassed',
  'hotkeys',
  'designature',
];

/** A masked name or message is no word of a ticket either, wherever it was read from. */
const NAMES: readonly (readonly [word: string, body: object, shown: ExpectedAlert])[] = [
  ['monitor', { monitor: { name: LEAK }, msg: 'down' }, { name: MASK, message: 'down' }],
  ['monitor', { monitor: LEAK }, { name: MASK, ticket: { summary: `Alert: ${MASK}` } }],
  ['name', { monitor: { name: LEAK } }, { name: MASK, ticket: { summary: `Alert: ${MASK}` } }],
  ['name', { name: LEAK }, { name: MASK }],
  ['title', { title: LEAK }, { name: MASK }],
  ['name', { title: 'Web', name: LEAK }, { name: 'Web' }],
  ['msg', { title: 'Web', msg: LEAK }, { name: 'Web', message: MASK }],
  ['message', { title: 'Web', message: LEAK }, { message: MASK }],
  ['message', { title: 'Web', msg: 'plain', message: LEAK }, { message: 'plain' }],
];

/** Masked words stand nowhere in a plan; what only looks like one stays. */
export const MASKING: readonly CorpusCase[] = [
  ...SECRET.map((name) =>
    opened(`the value of “${name}” is masked`, {}, { name: 'Web', [name]: LEAK }, { hides: [LEAK], tells: [MASK] }),
  ),
  ...PLAIN.map((name) => opened(`the value of “${name}” stays`, {}, { name: 'Web', [name]: LEAK }, { tells: [LEAK] })),
  opened('all below a secret name is masked', {}, { auth: { user: LEAK, list: [LEAK] } }, { hides: [LEAK] }),
  opened('a secret deep inside a list is masked', {}, { a: [{ b: [{ token: LEAK }] }] }, { hides: [LEAK] }),
  opened(
    'a mapped secret chooses nothing',
    { board: 'Own', mapping: { board: '$.token' } },
    { token: LEAK },
    {
      ticket: { board: 'Own' },
      hides: [LEAK],
    },
  ),
  opened(
    'a mapped secret is no company',
    { mapping: { customer_id: '$.token' } },
    { token: LEAK },
    {
      company: [null, 'none'],
      hides: [LEAK],
    },
  ),
  opened(
    'a summary with a secret shows the mask',
    { mapping: { summary: 'Got {$.token}' } },
    { token: LEAK },
    {
      ticket: { summary: `Alert: Got ${MASK}` },
      hides: [LEAK],
    },
  ),
  opened(
    'a template with a secret shows the mask',
    { descriptionTemplate: 'Got {$.login.password}' },
    { login: { password: LEAK } },
    {
      ticket: { description: `Got ${MASK}` },
      hides: [LEAK],
    },
  ),
  opened(
    'an object in a template is masked inside',
    { descriptionTemplate: '{$.login}' },
    { login: { user: 'u', password: LEAK } },
    {
      ticket: { description: `{"user":"u","password":"${MASK}"}` },
      hides: [LEAK],
    },
  ),
  opened(
    'a secret below a recursive path is masked',
    { descriptionTemplate: '{$..password}' },
    { a: { password: LEAK } },
    {
      hides: [LEAK],
    },
  ),
  opened(
    'a rule may match a secret and does not show it',
    { routingRules: [{ path: '$.token', pattern: 'leak', overrides: { board: 'B' } }] },
    { token: LEAK },
    {
      ticket: { board: 'B' },
      rules: [0],
      hides: [LEAK],
    },
  ),
  opened(
    'a trigger may read a secret and does not show it',
    { triggerField: '$.session', openValues: [LEAK] },
    { session: LEAK },
    {
      kind: 'open',
      hides: [LEAK],
    },
  ),
  opened(
    'a message with a secret member is masked inside',
    {},
    { msg: { text: 'x', apiKey: LEAK } },
    {
      message: `{"text":"x","apiKey":"${MASK}"}`,
      hides: [LEAK],
    },
  ),
  opened('a name that is an object is masked inside', {}, { title: { token: LEAK } }, { hides: [LEAK] }),
  ...NAMES.map(([word, body, shown]) =>
    opened(
      `${JSON.stringify(body)} with “${word}” added to the masked names`,
      {},
      body,
      { ...shown, hides: [LEAK] },
      { world: { maskingWords: [word] } },
    ),
  ),
  opened(
    'the setting adds names',
    {},
    { tanuki: LEAK, plain: 'stays' },
    { hides: [LEAK], tells: ['stays'] },
    {
      world: { maskingWords: ['tanuki'] },
    },
  ),
  opened(
    'a name that the setting adds counts as a whole word',
    {},
    { tanukis: LEAK, myTanuki: LEAK },
    { hides: [LEAK] },
    {
      world: { maskingWords: ['tanuki'] },
    },
  ),
];
