import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import type { Answer } from './support/answer.ts';
import { HMAC } from './support/hmac.ts';
import {
  anEndpoint,
  post,
  startTestIngress,
  storedOf,
  type TestEndpoint,
  type TestIngress,
} from './support/test-ingress.ts';

describe('what is refused', () => {
  let database: TestDatabase;
  let on: TestIngress;
  beforeAll(async () => {
    database = await testDatabase();
    on = await startTestIngress(database.url, { MAX_CONTENT_LENGTH_KB: '64' });
  });
  afterAll(async () => {
    await on?.stop();
    await database?.drop();
  });

  const answerOf = async (response: Response): Promise<Answer> => {
    const { status, headers } = response;
    return { status, headers, body: (await response.json()) as Answer['body'] };
  };
  const send = async (endpoint: TestEndpoint, body: string | Buffer, headers: Record<string, string> = {}) =>
    answerOf(await post(endpoint, body, headers));
  const keptOf = async (id: string) =>
    (
      await on.pool.query<{
        endpoint_id: string;
        status: number;
        reason: string;
        message: string;
        body: string;
        headers: string;
        source_ip: string;
      }>('select * from refusal where id = $1', [id])
    ).rows[0];

  it.each([
    ['an unknown key', '/webhook/' + 'x'.repeat(64), 404, 'Endpoint not found'],
    ['a key of no sense', '/w/%00', 404, 'Endpoint not found'],
    ['a path that is none', '/nothing', 404, 'Not found'],
    ['the root', '/', 404, 'Not found'],
  ])('%s is answered in JSON', async (_, path, status, message) => {
    const answer = await answerOf(await fetch(on.url + path, { method: 'POST', body: '{}' }));
    expect([answer.status, answer.body.status, answer.body.message]).toEqual([status, 'error', message]);
    expect(answer.headers.get('x-request-id')).toBe(answer.body.request_id);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s on a webhook path is 405 and says what is allowed', async (method) => {
    const endpoint = await anEndpoint(on);
    const answer = await answerOf(await fetch(endpoint.url, { method }));
    expect([answer.status, answer.body.message, answer.headers.get('allow')]).toEqual([
      405,
      'Method not allowed',
      'POST, OPTIONS',
    ]);
  });

  it('a disabled endpoint says so before it looks at anything else, and its refusal is in the history', async () => {
    const endpoint = await anEndpoint(on, { enabled: false });
    const answer = await send(endpoint, '{"user":"jo","password":"hunter2"}', {
      authorization: 'Bearer wrong',
      'x-api-key': 'hunter3',
    });
    expect([answer.status, answer.body.message]).toEqual([403, 'Endpoint is disabled']);
    const row = await eventually(async () => (await keptOf(answer.body.request_id)) ?? false, 5_000);
    expect(row).toMatchObject({
      endpoint_id: endpoint.id,
      status: 403,
      reason: 'disabled',
      message: 'Endpoint is disabled',
      source_ip: '127.0.0.1',
    });
    expect(JSON.parse(row.body)).toEqual({ user: 'jo', password: '********' });
    expect(row.headers + row.body).not.toMatch(/hunter|wrong/);
  });

  it.each([
    ['no header', undefined, 'Missing Bearer Token'],
    ['another scheme', 'Basic abc', 'Missing Bearer Token'],
    ['the scheme in lower case', 'bearer TOKEN', 'Missing Bearer Token'],
    ['the bare scheme', 'Bearer', 'Missing Bearer Token'],
    ['another token', 'Bearer wrong', 'Invalid Bearer Token'],
    ['a word after the token', 'Bearer TOKEN more', 'Invalid Bearer Token'],
    ['two blanks', 'Bearer  TOKEN', 'Invalid Bearer Token'],
    ['letters beyond ASCII', 'Bearer TOKEN\u00e9', 'Invalid Bearer Token'],
  ])('bearer: %s', async (_, header, message) => {
    const endpoint = await anEndpoint(on);
    const authorization = header?.replace('TOKEN', endpoint.token);
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: '{"a":1}',
    });
    const answer = await answerOf(response);
    expect([answer.status, answer.body.message, answer.headers.get('www-authenticate')]).toEqual([
      401,
      message,
      'Bearer',
    ]);
    expect(await eventually(async () => (await keptOf(answer.body.request_id)) ?? false, 5_000)).toMatchObject({
      status: 401,
      message,
    });
    expect(await storedOf(on, endpoint.id)).toEqual([]);
  });

  it('each old token opens until its own overlap ends', async () => {
    const old = (value: string, lastsMs: number) => ({ value, until: new Date(Date.now() + lastsMs).toISOString() });
    const olds = [old('old', 60_000), old('ended', -1), old('older', 90_000)];
    const endpoint = await anEndpoint(on, {}, { bearer: { value: 'new', olds } });
    for (const [token, status] of [
      ['new', 202],
      ['old', 202],
      ['older', 202],
      ['ended', 401],
      ['other', 401],
    ] as const)
      expect([token, (await send({ ...endpoint, token }, '{"a":1}')).status]).toEqual([token, status]);
  });

  it('HMAC is checked after the bearer, over the raw bytes', async () => {
    const endpoint = await anEndpoint(
      on,
      { verification: [HMAC, { type: 'bearer', secretId: 'bearer' }] },
      { sig: { value: 'shared' } },
    );
    const body = Buffer.from('{ "a" :  "\u00e9" }');
    const good = createHmac('sha256', 'shared').update(body).digest('hex');
    const ask = async (signature: string | null, token = endpoint.token) => {
      const { status, body: answered } = await send(
        { ...endpoint, token },
        body,
        signature === null ? {} : { 'x-hookwise-signature': signature },
      );
      return [status, answered.message];
    };
    expect(await ask(good)).toEqual([202, 'Webhook received']);
    expect(await ask(null)).toEqual([401, 'Missing HMAC Signature']);
    expect(await ask('0'.repeat(64))).toEqual([401, 'Invalid HMAC Signature']);
    expect(await ask(good.slice(1))).toEqual([401, 'Invalid HMAC Signature']);
    expect(await ask('\u00e9'.repeat(64))).toEqual([401, 'Invalid HMAC Signature']);
    expect(await ask(good, 'wrong')).toEqual([401, 'Invalid Bearer Token']);
    const other = createHmac('sha256', 'shared').update('{"a":"\u00e9"}').digest('hex');
    expect(await ask(other)).toEqual([401, 'Invalid HMAC Signature']);
  });

  it.each([
    ['sha1', 'hex', 'sha1=', 'X-Hub-Signature'],
    ['sha512', 'base64', '', 'X-Sig'],
    ['sha256', 'base64', 'v1,', 'webhook-signature'],
  ] as const)('HMAC by %s in %s with prefix "%s" in %s', async (algorithm, encoding, prefix, header) => {
    const endpoint = await anEndpoint(
      on,
      { verification: [{ type: 'hmac', secretId: 'sig', algorithm, encoding, prefix, header }] },
      { sig: { value: 'k' } },
    );
    const signature = createHmac(algorithm, 'k').update('{"a":1}').digest(encoding);
    expect((await send(endpoint, '{"a":1}', { [header]: prefix + signature })).status).toBe(202);
    expect((await send(endpoint, '{"a":1}', { [header]: `x${prefix}${signature}` })).body.message).toBe(
      'Invalid HMAC Signature',
    );
  });

  it('an address that is not listed is told which it is', async () => {
    const closed = await anEndpoint(on, { verification: [{ type: 'ip', allow: ['10.0.0.0/8'] }] });
    expect(await send(closed, '{"a":1}')).toMatchObject({ status: 403, body: { message: 'IP 127.0.0.1 not allowed' } });
    const open = await anEndpoint(on, { verification: [{ type: 'ip', allow: ['::ffff:127.0.0.0/104'] }] });
    expect((await send(open, '{"a":1}')).status).toBe(202);
  });

  it('an endpoint whose verification cannot be used takes nothing', async () => {
    const noSecret = await anEndpoint(on, { verification: [{ type: 'bearer', secretId: 'lost' }] });
    const badList = await anEndpoint(on, { verification: [{ type: 'ip', allow: ['nonsense'] }] });
    for (const endpoint of [noSecret, badList]) {
      const { body } = await send(endpoint, '{"a":1}');
      expect(await eventually(async () => (await keptOf(body.request_id)) ?? false)).toMatchObject({ status: 503 });
    }
  });

  it.each([
    ['no content type', '{"a":1}', '', 415, 'Content-Type must be application/json'],
    ['text', '{"a":1}', 'text/plain', 415, 'Content-Type must be application/json'],
    ['a type that only looks like it', '{"a":1}', 'application/jsonp', 415, 'Content-Type must be application/json'],
    ['no body', '', 'application/json', 400, 'Invalid JSON'],
    ['half an object', '{"a":', 'application/json', 400, 'Invalid JSON'],
    ['NaN', '{"a":NaN}', 'application/json', 400, 'Invalid JSON'],
    [
      'bytes that are not UTF-8',
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      'application/json',
      400,
      'Invalid JSON',
    ],
    ['{}', '{}', 'application/json', 400, 'No JSON payload'],
    ['[]', ' [ ] ', 'application/json', 400, 'No JSON payload'],
    ['null', 'null', 'application/json', 400, 'No JSON payload'],
    ['0', '0', 'application/json', 400, 'No JSON payload'],
    ['0.0', '0.0', 'application/json', 400, 'No JSON payload'],
    ['false', 'false', 'application/json', 400, 'No JSON payload'],
    ['""', '""', 'application/json', 400, 'No JSON payload'],
    ['a text', '"alert"', 'application/json', 400, 'JSON must be an object or an array'],
    ['a number', '17', 'application/json', 400, 'JSON must be an object or an array'],
    ['true', 'true', 'application/json', 400, 'JSON must be an object or an array'],
    ['nesting of 65', '['.repeat(65) + ']'.repeat(65), 'application/json', 400, 'JSON is nested too deeply'],
  ])('%s', async (_, body, type, status, message) => {
    const endpoint = await anEndpoint(on);
    const headers = type === '' ? {} : { 'content-type': type };
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${endpoint.token}`, ...headers },
      body: Buffer.from(body),
    });
    const answer = await answerOf(response);
    expect([answer.status, answer.body.message]).toEqual([status, message]);
    expect(await eventually(async () => (await keptOf(answer.body.request_id)) ?? false, 5_000)).toMatchObject({
      status,
      message,
    });
  });

  it('a body of exactly the limit is taken, one byte more is 413, told or not; bad credentials are said first', async () => {
    const endpoint = await anEndpoint(on);
    const sized = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect((await send(endpoint, sized(65_536))).status).toBe(202);
    const over = await send(endpoint, sized(65_537));
    expect([over.status, over.body.message]).toEqual([413, 'Payload too large']);
    const chunked = await answerOf(
      await fetch(endpoint.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${endpoint.token}`, 'content-type': 'application/json' },
        body: new Blob([sized(70_000)]).stream(),
        duplex: 'half',
      } as RequestInit),
    );
    expect(chunked.status).toBe(413);
    expect((await send({ ...endpoint, token: 'wrong' }, sized(70_000))).status).toBe(401);
    expect(await eventually(async () => (await keptOf(over.body.request_id)) ?? false, 5_000)).toMatchObject({
      status: 413,
    });
  });

  it('a packed body is 415', async () => {
    const packed = await send(await anEndpoint(on), '{"a":1}', { 'content-encoding': 'gzip' });
    expect(packed.body.message).toBe('Content-Encoding is not supported');
  });

  it('what is not JSON is kept without its secrets, and never more than 4 kB', async () => {
    const endpoint = await anEndpoint(on);
    const body = `user=jo&password=hunter2&note=${'x'.repeat(9_000)} {"apiToken": "hunter3", "secret": {"deep": "hunter4"}}`;
    const answer = await send(endpoint, `{"apiToken":"hunter3", "author": "ann", ${body}`, {
      'x-long': 'y'.repeat(5_000),
    });
    const row = await eventually(async () => (await keptOf(answer.body.request_id)) ?? false, 5_000);
    expect(row.body).toContain('"author": "ann"');
    expect(row.body).not.toContain('hunter');
    expect(
      Buffer.byteLength(row.body) + Buffer.byteLength(row.headers) + Buffer.byteLength(row.message),
    ).toBeLessThanOrEqual(4_096);
  });

  it('keeps at most ten refusals a minute for an endpoint and reason, and counts every one', async () => {
    const endpoint = await anEndpoint(on);
    const other = await anEndpoint(on);
    const before = await counted('invalid-bearer');
    for (let n = 0; n < 25; n++) expect((await send({ ...endpoint, token: 'wrong' }, '{"a":1}')).status).toBe(401);
    const last = await send({ ...other, token: 'wrong' }, '{"a":1}');
    await eventually(async () => (await keptOf(last.body.request_id)) !== undefined, 5_000);
    const { rows } = await on.pool.query('select count(*)::int as kept from refusal where endpoint_id = $1', [
      endpoint.id,
    ]);
    expect(rows[0].kept).toBeGreaterThanOrEqual(10);
    expect(rows[0].kept).toBeLessThanOrEqual(20);
    expect((await counted('invalid-bearer')) - before).toBe(26);
  });

  const counted = async (reason: string): Promise<number> => {
    const text = await (await fetch(`${on.url}/metrics`)).text();
    return Number(new RegExp(`hookwise_refusals_total\\{reason="${reason}"\\} (\\d+)`).exec(text)?.[1] ?? -1);
  };
});
