import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import {
  anEndpoint,
  post,
  startTestIngress,
  storedOf,
  type TestEndpoint,
  type TestIngress,
} from './support/test-ingress.ts';

describe('clients that are slow, silent or speak something else', () => {
  let database: TestDatabase;
  let on: TestIngress;
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    database = await testDatabase();
    on = await startTestIngress(database.url, {}, { headersMs: 700, requestMs: 1_200, checkMs: 100, keepAliveMs: 500 });
    endpoint = await anEndpoint(on);
  });
  afterAll(async () => {
    await on?.stop();
    await database?.drop();
  });

  /** Sends `text`, then nothing; what was answered until the server closed the connection, and when. */
  const talk = (text: string) =>
    new Promise<{ answer: string; ms: number }>((resolve, reject) => {
      const began = performance.now();
      const socket = connect(Number(new URL(on.url).port), '127.0.0.1', () => socket.write(text));
      let answer = '';
      const timer = setTimeout(() => reject(new Error('The connection stayed open.')), 10_000);
      socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearTimeout(timer);
        resolve({ answer, ms: performance.now() - began });
      });
    });
  const head = (length: number) =>
    `POST /webhook/${endpoint.key} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${endpoint.token}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

  it('a body that does not come is 408 in JSON, and the connection is closed', async () => {
    const { answer, ms } = await talk(`${head(100)}{"a":`);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toMatchObject({
      status: 'error',
      message: 'Request timeout',
    });
    expect(ms).toBeLessThan(4_000);
  });

  it.each([
    ['headers that do not end', 'POST /webhook/x HTTP/1.1\r\nHost: x\r\n'],
    ['a connection that says nothing', ''],
  ])('%s: closed', async (_, text) => {
    expect((await talk(text)).ms).toBeLessThan(4_000);
  });

  it.each([
    ['nonsense', 'HELO there\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST /w/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n', 400],
  ])('%s is answered in JSON', async (_, text, status) => {
    const { answer } = await talk(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toMatchObject({ status: 'error' });
  });

  it('fifty of them at once hold up nobody else', async () => {
    const slow = Array.from({ length: 50 }, () => talk(`${head(1_000)}{"slow":`));
    const fast = await Promise.all(Array.from({ length: 50 }, (_, n) => post(endpoint, `{"n":${n}}`)));
    expect(new Set(fast.map(({ status }) => status))).toEqual(new Set([202]));
    await Promise.all(slow);
    expect(await storedOf(on, endpoint.id)).toHaveLength(50);
  });

  it('a client that goes away in the middle leaves nothing behind', async () => {
    const aborted = async () =>
      Number(/status="aborted"\} (\d+)/.exec(await (await fetch(`${on.url}/metrics`)).text())?.[1]);
    const [before, abortedBefore] = [(await storedOf(on, endpoint.id)).length, await aborted()];
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(on.url).port), '127.0.0.1', () =>
        socket.write(`${head(100)}{"a":1`, () => socket.destroy()),
      );
      socket.on('close', () => resolve());
    });
    await expect.poll(aborted, { timeout: 5_000 }).toBe(abortedBefore + 1);
    expect((await storedOf(on, endpoint.id)).length).toBe(before);
  });
});
