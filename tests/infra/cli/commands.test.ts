import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT } from '../../../infra/stack/checkout.ts';
import { hookwise as run } from '../../support/hookwise-command.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookwise-commands-'));
  database = await testDatabase();
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const hookwise = (args: string[], env: Record<string, string> = {}, input = '') =>
  run(args, { cwd: folder, env: { HOOKWISE_DATA_DIR: join(folder, 'data'), ...env }, input });

describe('send on the command line', () => {
  const received: { body: string; headers: IncomingHttpHeaders }[] = [];
  let answer = 202;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ body, headers: request.headers });
    response.writeHead(answer).end('{"status":"heard"}');
  });
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/w/abc`;
  });
  beforeEach(() => {
    received.length = 0;
    answer = 202;
  });
  afterAll(() => void server.close());

  it('posts an Uptime Kuma alert as often as asked, with the token, and prints the answers', async () => {
    const sent = await hookwise(['send', url, '--token', 'secret', '--count', '3']);
    expect(sent).toEqual({ status: 0, out: '202 {"status":"heard"}\n'.repeat(3), err: '' });
    expect(received).toHaveLength(3);
    expect(received[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'content-type': 'application/json' });
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ monitor: { name: 'Web shop' } });
  });

  it('posts a file, or what it reads, signed with the secret', async () => {
    writeFileSync(join(folder, 'body.json'), '{"from":"file"}');
    await hookwise(['send', url, '--secret', 'k', 'body.json']);
    await hookwise(['send', url, '-'], {}, '{"from":"pipe"}');
    expect(received.map(({ body }) => body)).toEqual(['{"from":"file"}', '{"from":"pipe"}']);
    const signature = createHmac('sha256', 'k').update('{"from":"file"}').digest('hex');
    expect(received.map(({ headers }) => headers['x-hookwise-signature'])).toEqual([signature, undefined]);
  });

  it('fails when it is refused, when nobody answers, and when it is called wrongly', async () => {
    answer = 401;
    expect(await hookwise(['send', url])).toMatchObject({ status: 1, out: '401 {"status":"heard"}\n' });
    const nobody = await hookwise(['send', 'http://127.0.0.1:1/w/abc']);
    expect(nobody).toMatchObject({ status: 1, err: expect.stringContaining('could not be sent') });
    const unread = await hookwise(['send', url, 'none.json']);
    expect(unread).toMatchObject({ status: 1, err: expect.stringContaining('none.json') });
    for (const wrong of [['send'], ['send', 'no-url'], ['send', url, '--count', '0'], ['send', url, '--tokn', 'x']])
      expect(await hookwise(wrong)).toMatchObject({ status: 2, err: expect.stringContaining('Use: ') });
  });
});

describe('replay on the command line', () => {
  const history = join(CHECKOUT, 'tests/replay/histories/open-note-close.json');

  it('runs an exported history against the present code', async () => {
    const replayed = await hookwise(['replay', history]);
    expect(replayed).toMatchObject({ status: 0, out: `${history} replays on the present workflow code.\n` });
  }, 60_000);

  it('says where the code departs from a history', async () => {
    const spoiled = join(folder, 'spoiled.json');
    writeFileSync(spoiled, readFileSync(history, 'utf8').replaceAll('"openTicket"', '"somethingElse"'));
    const replayed = await hookwise(['replay', spoiled]);
    expect(replayed.status).toBe(1);
    expect(replayed.err).toContain(`${spoiled} departs from its history:`);
    expect(replayed.err).toMatch(/openTicket.*somethingElse|somethingElse.*openTicket/s);
  }, 60_000);

  it('says what it needs when it gets no history', async () => {
    writeFileSync(join(folder, 'page.html'), '<html>');
    expect((await hookwise(['replay', 'page.html'])).err).toContain('--output json');
    expect(await hookwise(['replay'])).toMatchObject({ status: 2, err: expect.stringContaining('Use: ') });
    const nowhere = await hookwise(['replay', 'incident:x'], { TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(nowhere).toMatchObject({
      status: 1,
      err: expect.stringContaining('Temporal does not answer at 127.0.0.1:1'),
    });
  }, 60_000);
});

describe('doctor on the command line', () => {
  const quiet = { OLLAMA_HOST: 'http://127.0.0.1:1', DATABASE_URL: '', TEMPORAL_ADDRESS: '' };

  it('says what it looked at, and what is in the way of a start', async () => {
    const here = await hookwise(['doctor'], { ...quiet, DATABASE_URL: database.url });
    expect(here.out).toContain('✓ packages: as package-lock.json says');
    expect(here.out).toMatch(/✓ Postgres: DATABASE_URL answers, version \d+/);
    const broken = await hookwise(['doctor'], { ...quiet, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(broken.status).toBe(1);
    expect(broken.out).toContain('✗ Postgres: DATABASE_URL does not answer');
    expect((await hookwise(['doctor'], { PORT: 'eighty' })).out).toMatch(/✗ configuration: .*PORT/);
  }, 60_000);
});

describe('migrate on the command line', () => {
  it('brings a database up to date, again and again, and says what it needs', async () => {
    const env = { DATABASE_URL: database.url };
    for (const _ of [1, 2])
      expect(await hookwise(['migrate'], env)).toMatchObject({ status: 0, out: expect.stringContaining('up to date') });
    expect(await hookwise(['migrate'])).toMatchObject({ status: 1, err: expect.stringContaining('DATABASE_URL') });
    expect(await hookwise(['migrate', 'down'], env)).toMatchObject({
      status: 1,
      err: expect.stringContaining('"down"'),
    });
    expect(await hookwise(['migrate', 'create', 'Not A Name!'])).toMatchObject({ status: 1 });
  }, 60_000);
});

it('a command that is not known is answered with those that are', async () => {
  const asked = await hookwise(['sned']);
  expect(asked.status).toBe(2);
  expect(asked.err).toMatch(/There is no command "sned"[\s\S]*send[\s\S]*replay/);
});
