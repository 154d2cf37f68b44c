import { afterAll, beforeAll, describe } from 'vitest';
import { catalogCases } from './contract/catalog.cases.ts';
import { closingCases } from './contract/closing.cases.ts';
import { connectionsCases } from './contract/connections.cases.ts';
import { startConnectwiseWorld } from './contract/contract-world.ts';
import { heartbeatTicketCases } from './contract/heartbeat-tickets.cases.ts';
import { historyCases } from './contract/history.cases.ts';
import { ticketNoteCases } from './contract/tickets.cases.ts';
import { troubleCases } from './contract/trouble.cases.ts';

let world: Awaited<ReturnType<typeof startConnectwiseWorld>>;

beforeAll(async () => {
  world = await startConnectwiseWorld();
}, 300_000);
afterAll(() => world?.stop());

describe.concurrent('the contract, with tickets in ConnectWise', () => {
  historyCases(() => world);
  ticketNoteCases(() => world);
  closingCases(() => world);
  troubleCases(() => world);
  catalogCases(() => world);
  connectionsCases(() => world);
  heartbeatTicketCases(() => world);
});
