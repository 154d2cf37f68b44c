import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { aName, type Answer } from './contract/answer.ts';
import { startDeskWorld } from './contract/contract-world.ts';
import { postInTurn, speak, spoken } from './contract/raw-http.ts';
import { restInputCases } from './contract/rest-input.cases.ts';
import type { Sending } from './contract/test-endpoint.ts';

const LIMIT_KB = 16_384;
let world: Awaited<ReturnType<typeof startDeskWorld>>;

beforeAll(async () => {
  world = await startDeskWorld({ MAX_CONTENT_LENGTH_KB: String(LIMIT_KB) });
}, 300_000);
afterAll(() => world?.stop());

/** Every refusal has this form, and an id of its own. */
function expectRefusal(answer: Pick<Answer, 'status' | 'body'>, status: number, message: string): void {
  expect(answer.body).toEqual({ status: 'error', message, request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(answer.status).toBe(status);
}

async function received(): Promise<Record<string, number>> {
  const text = await (await fetch(`${world.stack.ingressOrigin}/metrics`)).text();
  const lines = [...text.matchAll(/^hookwise_webhooks_received_total\{[^}]*status="(\w+)"[^}]*\} (\d+)/gm)];
  return Object.fromEntries(lines.map(([, status, count]) => [status ?? '', Number(count)]));
}

/** Within 5 s the history shows what was refused. */
async function kept(answer: Answer, message: string): Promise<void> {
  await eventually(async () => {
    const shown = await world.history(String(answer.body['request_id']));
    expect([shown.status, shown.action, shown.error]).toEqual(['failed', 'none', message]);
  }, 5_000);
}

async function quick<T>(work: Promise<T>, withinMs: number): Promise<T> {
  const began = performance.now();
  const answer = await work;
  expect(performance.now() - began).toBeLessThan(withinMs);
  return answer;
}

const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const manyKeys = (count: number) => `{${Array.from({ length: count }, (_, n) => `"k${n}":0`).join(',')}}`;

describe('bad input', () => {
  restInputCases(() => world);

  it('is refused in JSON, counted, and kept where the endpoint is known', async () => {
    const before = await received();
    const [endpoint, off] = await Promise.all([
      world.endpoint({}, { verification: [{ type: 'bearer' }, { type: 'hmac', secret: 's' }] }),
      world.endpoint({}, { enabled: false }),
    ]);
    const signed = (body: string) => ({
      headers: { 'X-HookWise-Signature': createHmac('sha256', 's').update(body).digest('hex') },
    });
    const cases: [string, Sending, number, string][] = [
      ['{"a":1}', { authorization: 'Bearer wrong' }, 401, 'Invalid Bearer Token'],
      ['{"a":1}', signed('{"a":2}'), 401, 'Invalid HMAC Signature'],
      ['{"a":', signed('{"a":'), 400, 'Invalid JSON'],
      ['{"a":1}', { ...signed('{"a":1}'), contentType: 'text/plain' }, 415, 'Content-Type must be application/json'],
      ['', signed(''), 400, 'Invalid JSON'],
      ['{}', signed('{}'), 400, 'No JSON payload'],
      ['"only text"', signed('"only text"'), 400, 'JSON must be an object or an array'],
      ['{"a":NaN}', signed('{"a":NaN}'), 400, 'Invalid JSON'],
    ];
    for (const [body, sending, status, message] of cases)
      expectRefusal(await endpoint.post(body, sending), status, message);
    const disabled = await off.post('{"a":1}');
    expectRefusal(disabled, 403, 'Endpoint is disabled');
    await kept(disabled, 'Endpoint is disabled');
    const after = await received();
    const grew = (status: string) => (after[status] ?? 0) - (before[status] ?? 0);
    expect([grew('unauthorized'), grew('bad_request'), grew('unsupported_type'), grew('disabled')]).toEqual([
      2, 5, 1, 1,
    ]);
    const shown = await world.api('GET', `/history?endpoint=${endpoint.id}&status=failed`);
    expect([shown.status, (shown.body['items'] as unknown[]).length]).toEqual([200, cases.length]);
  });

  it('an unknown endpoint, another method, another path, no HTTP: JSON too', async () => {
    const { ingressOrigin } = world.stack;
    const json = async (path: string, method: string) => {
      const response = await fetch(`${ingressOrigin}${path}`, { method });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    expectRefusal(await json('/webhook/unknown', 'POST'), 404, 'Endpoint not found');
    expectRefusal(await json(`/w/${'a'.repeat(64)}`, 'POST'), 404, 'Endpoint not found');
    expectRefusal(await json('/webhook/unknown', 'GET'), 405, 'Method not allowed');
    expectRefusal(await json('/elsewhere', 'GET'), 404, 'Not found');
    expectRefusal(await json('/webhook/%ff%00', 'POST'), 404, 'Endpoint not found');
    expectRefusal(spoken(await speak(ingressOrigin, 'HELO there\r\n\r\n', 5_000)), 400, 'Bad request');
    expectRefusal(
      spoken(
        await speak(
          ingressOrigin,
          `GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`,
          5_000,
        ),
      ),
      431,
      'Request headers too large',
    );
  });

  it('a preflight of a browser is answered', async () => {
    const endpoint = await world.endpoint();
    const response = await fetch(endpoint.url, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://a.test',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization',
      },
    });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });

  it('too large is refused, and what follows on the same connection is not held up', async () => {
    const endpoint = await world.endpoint();
    const tooLarge = `{"a":"${'x'.repeat(LIMIT_KB * 1024)}"}`;
    const refused = await endpoint.post(tooLarge);
    expectRefusal(refused, 413, 'Payload too large');
    await kept(refused, 'Payload too large');
    const headers = { Authorization: `Bearer ${endpoint.token}`, 'Content-Type': 'application/json' };
    const inTurn = await postInTurn(endpoint.url, headers, [tooLarge, '{"a":1}', tooLarge, '{"a":1}']);
    expect(inTurn.map(({ status }) => status)).toEqual([413, 202, 413, 202]);
    expect(Math.max(...inTurn.map(({ ms }) => ms))).toBeLessThan(5_000);
    const strangers = await postInTurn(endpoint.url, { ...headers, Authorization: 'Bearer wrong' }, [
      tooLarge,
      '{"a":1}',
    ]);
    expect(strangers.map(({ status }) => status)).toEqual([401, 401]);
    expect(Math.max(...strangers.map(({ ms }) => ms))).toBeLessThan(5_000);
  });

  it('a slow sender is cut off with 408, and others do not notice', async () => {
    const endpoint = await world.endpoint();
    const { ingressOrigin } = world.stack;
    const head = `POST ${new URL(endpoint.url).pathname} HTTP/1.1\r\nHost: x\r\n`;
    const full = `${head}Authorization: Bearer ${endpoint.token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":`;
    const slow = Promise.all([speak(ingressOrigin, head, 20_000), speak(ingressOrigin, full, 20_000)]);
    await quick(endpoint.send({ a: 1 }), 2_000);
    for (const heard of await slow) expectRefusal(spoken(heard), 408, 'Request timeout');
  });

  it('a body nested 10,000 deep or with a million keys is refused at once, and nobody waits for it', async () => {
    const endpoint = await world.endpoint();
    expectRefusal(await quick(endpoint.post(nested(10_000)), 1_000), 400, 'JSON is nested too deeply');
    expectRefusal(await quick(endpoint.post('['.repeat(1_000_000)), 1_000), 400, 'JSON is nested too deeply');
    const million = endpoint.post(manyKeys(1_000_000));
    await quick(
      fetch(`${world.stack.ingressOrigin}/health/ready`).then((answer) => answer.text()),
      2_000,
    );
    expectRefusal(await quick(million, 3_000), 400, 'JSON has too many values');
    expect((await quick(endpoint.post(nested(60)), 1_000)).status).toBe(202);
  });

  it('a body as deep and as wide as allowed is planned', async () => {
    const endpoint = await world.endpoint({ mapping: { summary: '$..deepest' } });
    const deep = await endpoint.send(
      JSON.parse(`{"heartbeat":{"status":0},"title":"${aName('deep')}","a":${'{"a":'.repeat(60)}1${'}'.repeat(60)}}`),
    );
    const wide = await endpoint.send({
      ...(JSON.parse(manyKeys(49_000)) as object),
      heartbeat: { status: 0 },
      title: aName('wide'),
    });
    for (const id of [deep, wide]) expect((await world.settled(id)).status).toBe('processed');
  });

  it('__proto__ and its kin are plain names', async () => {
    const endpoint = await world.endpoint({
      mapping: { summary: '$.constructor.name', priority: '$.__proto__.priority' },
    });
    const name = aName('proto');
    const body = `{"__proto__":{"enabled":false,"name":"polluted","toString":1},"constructor":{"prototype":{"x":1}},"hasOwnProperty":0,"heartbeat":{"status":0,"__proto__":null},"title":"${name}"}`;
    const answer = await endpoint.post(body);
    expect(answer.status).toBe(202);
    const shown = await world.settled(String(answer.body['request_id']));
    expect([shown.status, shown.summary]).toEqual(['processed', name]);
    expect(Object.keys(shown.body)).toContain('__proto__');
    const plain = await world.settled(await endpoint.alert(aName('after proto'), 0));
    expect(plain.status).toBe('processed');
    const config = await world.api(
      'PATCH',
      `/endpoints/${endpoint.id}`,
      JSON.parse('{"ticketing":{"__proto__":{"board":"X"}}}'),
    );
    expect(config.status).toBe(422);
  });

  it('NUL and lone surrogates in a full batch harm nobody', async () => {
    const endpoint = await world.endpoint({ noteIntervalSeconds: 60 });
    const name = aName('batch');
    const good = JSON.stringify({ monitor: { name }, heartbeat: { status: 0 }, msg: 'good' });
    const odd = ['\\u0000', '\\ud800', '\\udc00x', 'a\\u0000b\\ud83d'].map(
      (text) =>
        `{"monitor":{"name":"${name} odd ${text}"},"heartbeat":{"status":0},"msg":"${text}","${text}":"${text}"}`,
    );
    const bytes = [
      Buffer.from(good.replace('good', 'go\u0000od')),
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    ];
    const sent = [...Array.from({ length: 240 }, () => good), ...odd, ...bytes].sort(() => Math.random() - 0.5);
    const answers = await Promise.all(
      sent.map(async (body) => ({
        body,
        answer: await endpoint.post(body, { headers: { 'User-Agent': 'caf\u00e9' } }),
      })),
    );
    for (const { body, answer } of answers) {
      if (typeof body === 'string') expect([body, answer.status]).toEqual([body, 202]);
      else expectRefusal(answer, 400, 'Invalid JSON');
    }
    for (const { body, answer } of answers) {
      if (typeof body !== 'string') continue;
      const shown = await world.settled(String(answer.body['request_id']));
      expect(shown.status, JSON.stringify(shown)).toBe('processed');
    }
    const tickets = await world.api('GET', `/tickets?q=${encodeURIComponent(name)}&limit=50`);
    expect(tickets.status).toBe(200);
    const summaries = (tickets.body['items'] as { summary: string }[]).map(({ summary }) => summary);
    expect(summaries.filter((summary) => summary === name)).toHaveLength(1);
    expect(summaries.every((summary) => summary.isWellFormed() && !summary.includes('\u0000'))).toBe(true);
  });

  it('a draft endpoint accepts into history and only plans', async () => {
    const endpoint = await world.endpoint({}, { draft: true });
    const shown = await world.settled(await endpoint.alert(aName('draft'), 0));
    expect([shown.status, shown.action, shown.alerts[0]?.plan?.reason]).toEqual(['skipped', 'none', 'draft']);
    expect(shown.alerts[0]?.plan?.ticket.summary).toContain('draft');
  });

  it('a plan that fails says why on its row and can be replayed', async () => {
    const endpoint = await world.endpoint({ splitPath: '$.alerts[*]' });
    const name = aName('unplannable');
    const id = await endpoint.send({
      title: name,
      heartbeat: { status: 0 },
      alerts: Array.from({ length: 5_001 }, () => 0),
    });
    const failed = await world.settled(id);
    expect([failed.status, failed.action, failed.alerts]).toEqual(['failed', 'none', []]);
    expect(failed.error).toContain('more than 5000 alerts');
    expect((await world.api('PATCH', `/endpoints/${endpoint.id}`, { ticketing: { splitPath: null } })).status).toBe(
      200,
    );
    const replayed = await world.api('POST', `/history/${id}/replay`, { rules: 'today' });
    const shown = await world.settled(String(replayed.body['request_id']));
    expect([shown.status, shown.action, shown.summary, shown.replayOf]).toEqual(['processed', 'create', name, id]);
    const asThen = await world.api('POST', `/history/${id}/replay`, { rules: 'recorded' });
    expect((await world.settled(String(asThen.body['request_id']))).status).toBe('failed');
  });

  it('odd values where words are expected still make a ticket', async () => {
    const endpoint = await world.endpoint();
    for (const odd of ['[1,2]', '{"a":1}', '12345678901234567890', 'true', 'null', '""', '1e400']) {
      const answer = await endpoint.post(
        `{"heartbeat":{"status":0},"name":"${aName('odd')}","title":${odd},"msg":${odd}}`,
      );
      expect([odd, answer.status]).toEqual([odd, 202]);
      expect([odd, (await world.settled(String(answer.body['request_id']))).status]).toEqual([odd, 'processed']);
    }
  });
});
