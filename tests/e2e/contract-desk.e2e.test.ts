import { afterAll, beforeAll, describe } from 'vitest';
import { startDeskWorld } from './contract/contract-world.ts';
import { endpointCases } from './contract/endpoints.cases.ts';
import { orderCases } from './contract/order.cases.ts';
import { planningCases } from './contract/planning.cases.ts';
import { windowCases } from './contract/windows.cases.ts';

let world: Awaited<ReturnType<typeof startDeskWorld>>;

beforeAll(async () => {
  world = await startDeskWorld();
}, 300_000);
afterAll(() => world?.stop());

describe.concurrent('the contract, on the desk', () => {
  orderCases(() => world);
  endpointCases(() => world);
  planningCases(() => world, '');
  windowCases(() => world);
});
