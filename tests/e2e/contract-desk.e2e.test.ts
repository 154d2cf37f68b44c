import { afterAll, beforeAll, describe } from 'vitest';
import { startBrokenModelServer, type BrokenModelServer } from '../support/language-model/broken-server.ts';
import { analysisCases } from './contract/analysis.cases.ts';
import { startDeskWorld } from './contract/contract-world.ts';
import { endpointCases } from './contract/endpoints.cases.ts';
import { heartbeatCases } from './contract/heartbeat.cases.ts';
import { orderCases } from './contract/order.cases.ts';
import { planningCases } from './contract/planning.cases.ts';
import { windowCases } from './contract/windows.cases.ts';

let world: Awaited<ReturnType<typeof startDeskWorld>>;
let models: BrokenModelServer;

beforeAll(async () => {
  models = await startBrokenModelServer();
  world = await startDeskWorld({ OLLAMA_HOST: models.url });
}, 300_000);
afterAll(async () => {
  await world?.stop();
  await models?.close();
});

describe.concurrent('the contract, on the desk', () => {
  heartbeatCases(() => world);
  orderCases(() => world);
  endpointCases(() => world);
  planningCases(() => world, '');
  windowCases(() => world);
  analysisCases(
    () => world,
    () => models,
  );
});
