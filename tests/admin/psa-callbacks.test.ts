import { afterAll, beforeAll, expect, it } from 'vitest';
import { getCallbacks, registerCallbacks, removeCallbacks } from '../../admin/server/psa/callbacks.ts';
import { towards } from '../activities/tickets/connectwise-fixture.ts';
import { aConnectwiseIncident } from '../support/connectwise-incident.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../support/connectwise/simulator.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../support/incident-worker.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

const URL_OF_OURS = 'https://hooks.acme.com/psa/callbacks?recordId=';

let world: AdminWorld;
let temporal: OwnTemporal;
let simulator: ConnectwiseSimulator;
let system: ReturnType<typeof towards>;
let workers: { stop(): Promise<void> };

beforeAll(async () => {
  quietRuntime();
  [temporal, simulator] = await Promise.all([ownTemporal(), startConnectwiseSimulator()]);
  const { company, publicKey, privateKey, clientId } = simulator.credentials;
  world = await anAdminWorld({
    CW_URL: simulator.url,
    CW_COMPANY: company,
    CW_PUBLIC_KEY: publicKey,
    CW_PRIVATE_KEY: privateKey,
    CW_CLIENT_ID: clientId,
    TEMPORAL_ADDRESS: temporal.address,
  });
  system = towards(simulator.url);
  const { deps } = await aConnectwiseIncident(world.context.pool, system);
  workers = await runWorkers(temporal.native, temporal.namespace, {
    ...deps,
    settings: { ...deps.settings, callbackUrl: { url: URL_OF_OURS } },
  });
}, 90_000);
afterAll(async () => {
  await workers?.stop();
  await world?.close();
  await system?.close();
  await simulator?.stop();
  await temporal?.stop();
});

it('the callback is shown, registered and removed by a person, and the audit says who', async () => {
  expect(await world.run(getCallbacks, {})).toEqual({
    wanted: true,
    state: 'never',
    url: null,
    reason: null,
    checkedAt: null,
    hints: 0,
    hintedAt: null,
    sweptAt: null,
  });
  expect(await world.run(registerCallbacks, {})).toMatchObject({ wanted: true, state: 'registered', url: URL_OF_OURS });
  expect(simulator.callbacks.rows()).toHaveLength(1);
  expect(await world.run(removeCallbacks, {})).toMatchObject({
    wanted: false,
    state: 'off',
    reason: 'Switched off by a person.',
  });
  expect(simulator.callbacks.rows()).toEqual([]);
  const { rows } = await world.context.pool.query<{ action: string }>(
    `select action from audit_entry where entity = 'psa-callback' order by id`,
  );
  expect(rows.map(({ action }) => action)).toEqual(['register', 'remove']);
}, 60_000);

it('what a person wants is kept although no worker answers', async () => {
  await workers.stop();
  await expect(world.run(registerCallbacks, {})).rejects.toMatchObject({ code: 'unavailable' });
  expect(await world.run(getCallbacks, {})).toMatchObject({ wanted: true, state: 'off' });
}, 60_000);
