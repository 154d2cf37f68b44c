import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClosableTicketSystem } from '../../../activities/tickets/connectwise/connectwise.ts';
import type { FaultRule } from '../../support/connectwise/fault-rules.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { eventually } from '../../support/eventually.ts';
import { towards } from './connectwise-fixture.ts';
import { aDraft, aKey, faultOf } from './port-conformance.ts';

const TIMEOUT_MS = 400;
let simulator: ConnectwiseSimulator;
let system: ClosableTicketSystem;

beforeAll(async () => {
  simulator = await startConnectwiseSimulator();
  system = towards(simulator.url, { timeoutMs: TIMEOUT_MS });
});
beforeEach(async () => {
  await simulator.up();
  simulator.reset();
});
afterAll(async () => {
  await system.close();
  await simulator.stop();
});

const aNote = () =>
  ({ body: 'seen again', visibility: 'internal', purpose: 'update', key: `hn:${randomUUID()}` }) as const;

describe('a create whose answer is lost', () => {
  const faults: FaultRule[] = [
    { kind: 'drop-after-commit' },
    { kind: 'drop-mid-body' },
    { kind: 'error-after-commit', status: 500 },
    { kind: 'error-after-commit', status: 502 },
    { kind: 'error-after-commit', status: 504 },
    { kind: 'html-after-commit' },
    { kind: 'cut-json-after-commit' },
    { kind: 'empty-after-commit' },
    { kind: 'slow-body', ms: 5_000 },
    { kind: 'delay-after-commit', ms: 5_000 },
    { kind: 'black-hole-after-commit' },
  ];
  it.each(faults)('has an unknown outcome, and the ticket is found by its key: $kind $status', async (fault) => {
    simulator.faults.add({ ...fault, on: 'createTicket', times: 1 });
    const key = aKey();
    expect(await faultOf(system.create(aDraft(), key))).toMatchObject({ code: 'outcome-unknown', effect: 'unknown' });
    expect(simulator.record.counts().posts).toBe(1);
    expect(await system.findByKey(key)).toMatchObject([{ key, isOpen: true }]);
  });

  it.each<FaultRule>([
    { kind: 'drop-before-commit' },
    { kind: 'error-before-commit', status: 500 },
    { kind: 'error-before-commit', status: 503 },
    { kind: 'maintenance' },
    { kind: 'black-hole' },
  ])('has an unknown outcome too where nothing was made, for nobody can tell: $kind $status', async (fault) => {
    simulator.faults.add({ ...fault, on: 'createTicket', times: 1 });
    const key = aKey();
    expect(await faultOf(system.create(aDraft(), key))).toMatchObject({ code: 'outcome-unknown', effect: 'unknown' });
    expect(await system.findByKey(key)).toEqual([]);
  });

  it('does not show in lists that lag until they catch up', async () => {
    simulator.faults.set({ listLagSeconds: 60 });
    simulator.faults.add({ kind: 'drop-after-commit', on: 'createTicket', times: 1 });
    const key = aKey();
    await faultOf(system.create(aDraft(), key));
    expect(await system.findByKey(key)).toEqual([]);
    simulator.advance(61_000);
    expect(await system.findByKey(key)).toHaveLength(1);
  });

  it('that is called off while it is under way has an unknown outcome', async () => {
    simulator.faults.add({ kind: 'black-hole-after-commit', on: 'createTicket', times: 1 });
    const stop = new AbortController();
    const fault = faultOf(towards(simulator.url, { timeoutMs: 30_000 }).create(aDraft(), aKey(), stop.signal));
    await eventually(() => simulator.record.counts().tickets === 1);
    stop.abort();
    expect(await fault).toMatchObject({ code: 'outcome-unknown', effect: 'unknown' });
  });
});

describe('calls that surely had no effect', () => {
  it('are throttled for as long as ConnectWise asks', async () => {
    simulator.faults.add({ kind: 'too-many', on: 'createTicket', retryAfterSeconds: 7, times: 1 });
    expect(await faultOf(system.create(aDraft(), aKey()))).toMatchObject({
      code: 'throttled',
      effect: 'none',
      status: 429,
      retryAfterMs: 7_000,
    });
    simulator.faults.add({ kind: 'too-many', retryAfterSeconds: null, times: 1 });
    const error = await faultOf(system.findByKey(aKey()));
    expect(error).toMatchObject({ code: 'throttled', effect: 'none', retryAfterMs: 30_000 });
    expect(error.answer).toContain('Too many requests');
    expect(simulator.record.counts().tickets).toBe(0);
  });

  it('are refusals with the exact answer, nested errors included, masked', async () => {
    const body = {
      code: 'InvalidObject',
      message: 'ticket object is invalid',
      errors: [
        {
          code: 'X',
          message: `The field is wrong, ${simulator.credentials.privateKey}, Basic c2VjcmV0c2VjcmV0`,
          resource: 'ticket',
          field: 'f',
        },
      ],
    };
    simulator.faults.add({ kind: 'refuse', on: 'createTicket', body, times: 1 });
    const error = await faultOf(system.create(aDraft(), aKey()));
    expect(error).toMatchObject({
      code: 'invalid',
      effect: 'none',
      status: 400,
      answer: 'ticket object is invalid: The field is wrong, ********, Basic ********',
    });
  });

  it.each([405, 409, 415, 422])('are refusals with status %i', async (status) => {
    simulator.faults.add({ kind: 'refuse', on: 'createTicket', status, times: 1 });
    expect(await faultOf(system.create(aDraft(), aKey()))).toMatchObject({ code: 'invalid', effect: 'none', status });
  });

  it('are reads, whatever happens to them', async () => {
    const made = await system.create(aDraft(), aKey());
    const kinds = [
      'drop-after-commit',
      'drop-mid-body',
      'html-after-commit',
      'cut-json-after-commit',
      'empty-after-commit',
      'maintenance',
      'black-hole',
      'error-before-commit',
    ] as const;
    for (const kind of kinds) {
      simulator.faults.add({ kind, on: 'readTicket', times: 1 });
      expect(await faultOf(system.get(made.id)), kind).toMatchObject({ code: 'unavailable', effect: 'none' });
    }
    expect(await system.get(made.id)).toEqual(made);
  });

  it('are calls to a server that is not there', async () => {
    await system.catalog('boards', null);
    await simulator.down('refuse');
    expect(await faultOf(system.create(aDraft(), aKey()))).toMatchObject({
      code: 'unavailable',
      effect: 'none',
      status: null,
    });
    expect(await faultOf(system.check())).toMatchObject({ code: 'unavailable', effect: 'none' });
    await simulator.up();
    expect(await system.create(aDraft(), aKey())).toMatchObject({ isOpen: true });
  });
});

describe('notes and closes under faults', () => {
  it('tell an unknown outcome of a note, which is then found by its marker', async () => {
    const made = await system.create(aDraft(), aKey());
    const note = aNote();
    simulator.faults.add({ kind: 'drop-after-commit', on: 'addNote', times: 1 });
    expect(await faultOf(system.addNote(made.id, note))).toMatchObject({ code: 'outcome-unknown', effect: 'unknown' });
    expect(await system.hasNote(made.id, note.key)).toBe(true);
  });

  it('fail the note alone', async () => {
    const made = await system.create(aDraft(), aKey());
    simulator.faults.add({ kind: 'error-before-commit', on: 'addNote', status: 500, times: 1 });
    expect(await faultOf(system.addNote(made.id, aNote()))).toMatchObject({ code: 'outcome-unknown' });
    expect(await system.setState(made.id, 'closed', null)).toMatchObject({ isOpen: false });
  });

  it('find a note among the newest fifty, not beyond', async () => {
    const made = await system.create(aDraft(), aKey());
    const first = aNote();
    await system.addNote(made.id, first);
    for (let more = 0; more < 49; more += 1) simulator.person(Number(made.id), { note: `note ${more}` });
    expect(await system.hasNote(made.id, first.key)).toBe(true);
    simulator.person(Number(made.id), { note: 'one more' });
    expect(await system.hasNote(made.id, first.key)).toBe(false);
  });

  it('tell a close whose answer is lost as unknown, and repeat it without a second change', async () => {
    const made = await system.create(aDraft(), aKey());
    simulator.faults.add({ kind: 'drop-after-commit', on: 'patchTicket', times: 1 });
    expect(await faultOf(system.setState(made.id, 'closed', null))).toMatchObject({
      code: 'outcome-unknown',
      effect: 'unknown',
    });
    expect(await system.setState(made.id, 'closed', null)).toMatchObject({ isOpen: false });
    expect(simulator.record.counts().patches).toBe(1);
  });

  it('tell a missing right to close as a refusal of that ticket, and show it in the check', async () => {
    const made = await system.create(aDraft(), aKey());
    simulator.faults.set({ role: { closeServiceTickets: { add: false, edit: false } } });
    const error = await faultOf(system.setState(made.id, 'closed', null));
    expect(error).toMatchObject({ code: 'invalid', effect: 'none', status: 403 });
    expect(error.message).toContain('Close Service Tickets');
    expect(await system.check()).toContainEqual({
      level: 'warning',
      text: expect.stringContaining('Close Service Tickets') as string,
    });
    simulator.faults.set({ role: { closeServiceTickets: { add: true, edit: true } } });
    await system.setState(made.id, 'closed', null);
    expect((await system.check()).filter((finding) => finding.level !== 'ok')).toEqual([]);
  });
});

describe('faults of the connection', () => {
  it.each([401, 404] as const)('are wrong keys, answered with %i', async (badKeysStatus) => {
    simulator.faults.set({ badKeysStatus });
    const made = await system.create(aDraft(), aKey());
    const wrong = towards(simulator.url, { privateKey: 'wrongPrivateKey' });
    const calls = [
      () => wrong.findByKey(aKey()),
      () => wrong.get(made.id),
      () => wrong.create(aDraft(), aKey()),
      () => wrong.addNote(made.id, aNote()),
      () => wrong.setState(made.id, 'closed', null),
    ];
    for (const call of calls) {
      const error = await faultOf(call());
      expect(error).toMatchObject({ code: 'connection-refused-us', effect: 'none', status: badKeysStatus });
      expect(error.message).not.toMatch(/wrongPrivateKey|simPublicKey/);
    }
    expect(await wrong.check()).toMatchObject([
      { level: 'fault', text: expect.stringContaining('CW_PRIVATE_KEY') as string },
    ]);
    expect(recorded(made.id)?.deletedAt).toBeNull();
    await wrong.close();
  });

  it.each([401, 403] as const)('are a clientId that is not known, answered with %i', async (missingClientIdStatus) => {
    simulator.faults.set({ missingClientIdStatus });
    const wrong = towards(simulator.url, { clientId: 'not-a-guid' });
    expect(await faultOf(wrong.findByKey(aKey()))).toMatchObject({
      code: 'connection-refused-us',
      status: missingClientIdStatus,
    });
    expect(await wrong.check()).toMatchObject([{ level: 'fault' }]);
    await wrong.close();
  });

  it('are a member that may not read tickets', async () => {
    simulator.faults.set({ role: { serviceTickets: { inquire: false } } });
    expect(await faultOf(system.findByKey(aKey()))).toMatchObject({ code: 'connection-refused-us', status: 403 });
    expect(await system.check()).toMatchObject([
      { level: 'fault', text: expect.stringContaining('read service tickets') as string },
    ]);
  });

  it('are not a member that may not read the set-up tables: names are sent instead', async () => {
    const own = towards(simulator.url);
    simulator.faults.set({ role: { tableSetup: { inquire: false } } });
    const draft = aDraft({ board: 'NOC' });
    const made = await own.create(draft, aKey());
    expect(recorded(made.id)).toMatchObject({ board: 'NOC', status: 'New' });
    expect(await own.findOpen(draft)).toMatchObject([{ id: made.id }]);
    expect(await own.setState(made.id, 'closed', null)).toMatchObject({ isOpen: false, statusName: 'Closed' });
    expect(await own.check()).toContainEqual({
      level: 'warning',
      text: expect.stringContaining('Table Setup') as string,
    });
    await own.close();
  });

  it('warn of a default board, statuses and a company that are missing', async () => {
    const lost = towards(simulator.url, { serviceBoard: 'Nowhere', defaultCompanyId: 'NOBODY' });
    const texts = (await lost.check()).filter((finding) => finding.level === 'warning').map((finding) => finding.text);
    expect(texts).toEqual([expect.stringContaining('"Nowhere"'), expect.stringContaining('"NOBODY"')]);
    const odd = towards(simulator.url, { statusNew: 'Brand new', statusClosed: 'Closed (no flag)' });
    const words = (await odd.check()).filter((finding) => finding.level === 'warning').map((finding) => finding.text);
    expect(words).toEqual([expect.stringContaining('"Brand new"'), expect.stringContaining('not marked as closed')]);
    await Promise.all([lost.close(), odd.close()]);
  });
});

const recorded = (id: string) => simulator.record.ticket(Number(id));
