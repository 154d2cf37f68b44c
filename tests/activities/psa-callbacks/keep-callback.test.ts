import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callbackUrl, type CallbackUrl } from '../../../activities/psa-callbacks/callback-url.ts';
import { keepCallback } from '../../../activities/psa-callbacks/keep-callback.ts';
import type { ClosableTicketSystem } from '../../../activities/tickets/connectwise/connectwise.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { readCallbackState, wantCallbacks } from '../../../infra/database/psa-watch-store.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { towards } from '../tickets/connectwise-fixture.ts';

let database: TestDatabase;
let pool: Pool;
let simulator: ConnectwiseSimulator;
let system: ClosableTicketSystem;
let bench: IncidentBench;

const URL_OF_OURS = 'https://hooks.acme.com/psa/callbacks?recordId=';

beforeAll(async () => {
  [database, simulator] = await Promise.all([testDatabase(), startConnectwiseSimulator()]);
  pool = benchPool(database.url);
  system = towards(simulator.url);
  bench = await anIncident(pool);
}, 60_000);
afterEach(async () => {
  simulator.reset();
  await pool.query('delete from psa_watch');
});
afterAll(async () => {
  await system?.close();
  await simulator?.stop();
  await pool?.end();
  await database?.drop();
});

const keep = (at: CallbackUrl = { url: URL_OF_OURS }) =>
  keepCallback(
    { ...bench.deps, tickets: system, settings: { ...bench.deps.settings, callbackUrl: at } },
    new Date().toISOString(),
    new AbortController().signal,
  );
const there = () => simulator.callbacks.rows().map(({ url, inactiveFlag }) => ({ url, inactiveFlag }));
const active = { url: URL_OF_OURS, inactiveFlag: false };

describe('our callback', () => {
  it('is registered once, however often it is kept, and told of', async () => {
    for (let n = 0; n < 3; n += 1) expect(await keep()).toEqual({ state: 'registered', reason: null });
    expect(there()).toEqual([active]);
    expect(simulator.callbacks.rows()[0]).toMatchObject({ type: 'ticket', level: 'owner', isSelfSuppressedFlag: true });
    expect(await readCallbackState(pool, bench.deps.connection)).toMatchObject({
      state: 'registered',
      url: URL_OF_OURS,
      recordId: String(simulator.callbacks.rows()[0]?.id),
      checkedAt: expect.any(Date),
    });
  });

  it('is made again when it was deleted or disabled there', async () => {
    await keep();
    const [row] = simulator.callbacks.rows();
    if (row !== undefined) row.inactiveFlag = true;
    expect((await keep()).state).toBe('registered');
    expect(there()).toEqual([active]);
  });

  it('moves when PUBLIC_URL does, and leaves those of others alone', async () => {
    await system.watch?.callbacks.register('https://elsewhere.acme.com/x?recordId=', 'Somebody else');
    await keep({ url: 'https://old.acme.com/psa/callbacks?recordId=' });
    await keep();
    expect(there()).toEqual([{ url: 'https://elsewhere.acme.com/x?recordId=', inactiveFlag: false }, active]);
  });

  it('is removed when a person says so, and registered again when they want it back', async () => {
    await keep();
    await wantCallbacks(pool, bench.deps.connection, false);
    expect(await keep()).toEqual({ state: 'off', reason: 'Switched off by a person.' });
    expect(there()).toEqual([]);
    await wantCallbacks(pool, bench.deps.connection, true);
    await keep();
    expect(there()).toEqual([active]);
  });

  it('two at the same moment, or an answer that was lost, make one', async () => {
    await Promise.all([keep(), keep(), keep()]);
    expect(there()).toEqual([active]);
    simulator.callbacks.reset();
    simulator.faults.add({ kind: 'drop-after-commit', method: 'POST', path: '/system/callbacks' });
    expect((await keep()).state).toBe('registered');
    expect(there()).toEqual([active]);
  });

  it('that may not be made is told with the words of the ticket system, and nothing throws', async () => {
    simulator.faults.set({ role: { system: { add: false } } });
    expect(await keep()).toMatchObject({ state: 'refused', reason: expect.stringContaining('403') });
    simulator.faults.set({ down: 'maintenance' });
    expect(await keep()).toMatchObject({ state: 'failed', reason: expect.stringContaining('503') });
    expect(there()).toEqual([]);
  });
});

it('what was registered is removed when the address can no longer be reached', async () => {
  await keep();
  expect(await keep({ url: null, why: 'It moved inside.' })).toEqual({ state: 'off', reason: 'It moved inside.' });
  expect(there()).toEqual([]);
});

describe('the address of callbacks', () => {
  it.each(['https://hooks.acme.com', 'https://hooks.acme.com/', 'http://203.0.112.7:8080', 'https://[2a00:1450::1]'])(
    '%s can be called',
    (url) => expect(callbackUrl(url).url).toBe(`${url.replace(/\/$/, '')}/psa/callbacks?recordId=`),
  );

  it.each([
    'http://localhost:8080',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
    'http://10.1.2.3',
    'http://192.168.0.9',
    'http://172.20.0.1',
    'http://169.254.169.254',
    'http://100.64.0.1',
    'http://[fd00::1]',
    'http://[::ffff:10.0.0.1]',
    'http://hookwise',
    'http://hookwise.internal',
    'http://server.local',
  ])('%s cannot, so nothing is registered', async (url) => {
    const at = callbackUrl(url);
    expect(at).toMatchObject({ url: null, why: expect.stringContaining('PUBLIC_URL') });
    simulator.record.forgetRequests();
    expect(await keep(at)).toEqual({ state: 'off', reason: at.url === null ? at.why : '' });
    expect(simulator.record.requests()).toEqual([]);
    expect(there()).toEqual([]);
  });
});
