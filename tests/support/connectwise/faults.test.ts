import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ModeChange } from './faults.ts';
import { createCaller, idIn } from './raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from './simulator.ts';

let sim: ConnectwiseSimulator;
let call: ReturnType<typeof createCaller>;
const ticket = { summary: 'Disk full', company: { identifier: 'ACME' }, externalXRef: 'hw:1' };
const post = () => call('POST', '/service/tickets', ticket);
const tickets = () => sim.record.counts().tickets;
const find = () => call('GET', `/service/tickets?conditions=${encodeURIComponent('externalXRef="hw:1"')}&fields=id`);

beforeAll(async () => {
  sim = await startConnectwiseSimulator();
  call = createCaller(sim);
});
afterEach(() => sim.reset());
afterAll(() => sim.stop());

describe('faults of one request', () => {
  it.each([
    ['drop-before-commit', 0],
    ['drop-after-commit', 1],
    ['drop-mid-body', 1],
  ] as const)('%s breaks the connection and leaves %i tickets', async (kind, made) => {
    sim.faults.add({ on: 'createTicket', kind, times: 1 });
    await expect(post()).rejects.toThrow();
    expect(tickets()).toBe(made);
    expect((await post()).status).toBe(201);
    expect(sim.record.counts()).toMatchObject({ posts: 2, faults: { [kind]: 1 } });
  });

  it.each([500, 502, 504])('commits and then answers %i', async (status) => {
    sim.faults.add({ on: 'createTicket', kind: 'error-after-commit', status, times: 1 });
    expect([(await post()).status, tickets()]).toEqual([status, 1]);
  });

  it('answers 500 without a commit', async () => {
    sim.faults.add({ on: 'createTicket', kind: 'error-before-commit' });
    expect([(await post()).status, tickets()]).toEqual([500, 0]);
  });

  it.each([
    ['html-after-commit', /^<!DOCTYPE html>/],
    ['cut-json-after-commit', /^\{"id":\d+.*[^}]$/],
    ['empty-after-commit', /^$/],
  ] as const)('%s answers 200 with what is no record', async (kind, text) => {
    sim.faults.add({ on: 'createTicket', kind });
    const answer = await post();
    expect([answer.status, answer.body, tickets()]).toEqual([200, undefined, 1]);
    expect(answer.text).toMatch(text);
  });

  it('spoils only what was accepted: a refusal stays a refusal', async () => {
    sim.faults.add({ kind: 'html-after-commit' });
    expect((await call('POST', '/service/tickets', {})).status).toBe(400);
  });

  it('answers a PATCH with 200 and the unchanged record', async () => {
    const id = idIn(await post());
    sim.faults.add({ on: 'patchTicket', kind: 'false-200', times: 1 });
    const close = () =>
      call('PATCH', `/service/tickets/${id}`, [{ op: 'replace', path: 'status', value: { name: 'Closed' } }]);
    expect(await close()).toMatchObject({ status: 200, body: { id, closedFlag: false } });
    expect(await close()).toMatchObject({ status: 200, body: { id, closedFlag: true } });
  });

  it.each([7, null])('answers 429 in its own shape, Retry-After %s', async (retryAfterSeconds) => {
    sim.faults.add({ kind: 'too-many', retryAfterSeconds });
    const answer = await post();
    expect(answer.headers.get('retry-after')).toBe(retryAfterSeconds === null ? null : '7');
    expect([answer.status, tickets(), answer.body]).toEqual([
      429,
      0,
      { error: 'ConnectWiseAPI', message: expect.stringMatching(/^Too many requests/) },
    ]);
  });

  it('shows a maintenance page', async () => {
    sim.faults.add({ kind: 'maintenance', retryAfterSeconds: 60 });
    const answer = await post();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    expect(answer.headers.get('retry-after')).toBe('60');
  });

  it.each(['delay', 'delay-after-commit', 'slow-body'] as const)('%s takes its time and then answers', async (kind) => {
    sim.faults.add({ on: 'createTicket', kind, ms: 120 });
    const began = performance.now();
    expect((await post()).status).toBe(201);
    expect(performance.now() - began).toBeGreaterThan(100);
  });

  it('commits a delayed request even if the client has gone', async () => {
    sim.faults.add({ on: 'createTicket', kind: 'delay', ms: 80 });
    const { company, publicKey, privateKey, clientId } = sim.credentials;
    const headers = {
      authorization: `Basic ${btoa(`${company}+${publicKey}:${privateKey}`)}`,
      clientid: clientId,
      'content-type': 'application/json',
    };
    const sent = fetch(`${sim.url}/service/tickets`, {
      method: 'POST',
      headers,
      body: JSON.stringify(ticket),
      signal: AbortSignal.timeout(30),
    });
    await expect(sent).rejects.toThrow();
    expect(tickets()).toBe(0);
    await expect.poll(tickets, { timeout: 10_000, interval: 10 }).toBe(1);
  });

  it.each([
    ['black-hole', 0],
    ['black-hole-after-commit', 1],
  ] as const)('%s accepts the connection and never answers, with %i tickets', async (kind, made) => {
    sim.faults.add({ on: 'createTicket', kind });
    const controller = new AbortController();
    const outcome = Promise.race([
      post().then(
        () => 'answered',
        () => 'broken',
      ),
      new Promise((resolve) => controller.signal.addEventListener('abort', () => resolve('silent'))),
    ]);
    await expect.poll(() => sim.record.requests().at(-1)?.outcome, { timeout: 10_000, interval: 10 }).toBe('hung');
    controller.abort();
    expect([await outcome, tickets()]).toEqual(['silent', made]);
  });

  it('fails the note only', async () => {
    const id = idIn(await post());
    sim.faults.add({ on: 'addNote', kind: 'error-before-commit' });
    expect((await call('POST', `/service/tickets/${id}/notes`, { text: 'x', resolutionFlag: true })).status).toBe(500);
    expect((await call('GET', `/service/tickets/${id}`)).status).toBe(200);
  });

  it('refuses with any status and body', async () => {
    const body = { code: 'InvalidObject', message: 'No such agreement', errors: null };
    sim.faults.add({ on: 'createTicket', kind: 'refuse', status: 409, body });
    expect(await post()).toMatchObject({ status: 409, body });
  });
});

describe('the scope of a fault', () => {
  it('is a method, a path with wildcards, a text, a number of times and a start', async () => {
    sim.faults.add({ method: 'GET', path: '/service/boards/*/statuses', kind: 'refuse', status: 418 });
    expect((await call('GET', '/service/boards/27/statuses')).status).toBe(418);
    expect((await call('GET', '/service/boards/27/types')).status).toBe(200);
    const id = sim.faults.add({
      path: '/service/**',
      contains: 'hw:1',
      kind: 'refuse',
      status: 418,
      skip: 1,
      times: 1,
    });
    const statuses = [];
    for (let at = 0; at < 3; at += 1) statuses.push((await find()).status);
    expect([statuses, sim.faults.fired(id)]).toEqual([[200, 418, 200], 1]);
    expect(sim.faults.remove(id)).toBe(true);
  });

  it('is a share of requests, the same ones for the same seed', async () => {
    const pattern = async () => {
      sim.faults.clear();
      sim.faults.reseed(42);
      sim.faults.add({ kind: 'refuse', status: 418, probability: 0.4 });
      const statuses = [];
      for (let at = 0; at < 40; at += 1) statuses.push((await call('GET', '/system/info')).status);
      return statuses;
    };
    const first = await pattern();
    expect(await pattern()).toEqual(first);
    const hit = first.filter((status) => status === 418).length;
    expect(hit).toBeGreaterThan(5);
    expect(hit).toBeLessThan(30);
  });
});

describe('modes', () => {
  it('hide a new ticket from lists, counts and searches for a while, not from GET by id', async () => {
    sim.faults.set({ listLagSeconds: 30 });
    const id = idIn(await post());
    expect((await find()).body).toEqual([]);
    expect((await call('GET', '/service/tickets/count')).body).toEqual({ count: 0 });
    expect((await call('POST', '/service/tickets/search', { conditions: 'externalXRef = "hw:1"' })).body).toEqual([]);
    expect((await call('GET', `/service/tickets/${id}`)).status).toBe(200);
    sim.advance(31_000);
    expect((await find()).body).toEqual([{ id }]);
  });

  it('limit the requests of a minute with 429 and Retry-After', async () => {
    sim.faults.set({ requestsPerMinute: 3 });
    const answers = [];
    for (let at = 0; at < 5; at += 1) answers.push(await find());
    expect(answers.map(({ status }) => status).filter((status) => status === 429).length).toBeGreaterThanOrEqual(2);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('answer late by the latency', async () => {
    sim.faults.set({ latencyMs: 60 });
    const began = performance.now();
    await Promise.all([find(), find(), find()]);
    expect(performance.now() - began).toBeGreaterThan(50);
    expect(sim.record.counts()).toMatchObject({ peakInFlight: 3, inFlight: 0 });
  });

  it('go back to those of the start on reset, and refuse names nobody knows', () => {
    sim.faults.set({ latencyMs: 60, role: { system: { add: false } } });
    sim.faults.reset();
    expect(sim.faults.modes).toMatchObject({ latencyMs: 0, role: { system: { add: true } } });
    expect(() => sim.faults.set(JSON.parse('{"latency":5}') as ModeChange)).toThrow(TypeError);
  });
});
