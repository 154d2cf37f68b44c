import { chosenConnection, type Config } from '../../infra/config/index.ts';
import type { Pool } from '../../infra/database/pool.ts';
import { createCallBudget } from './call-budget.ts';
import { createConnectwise } from './connectwise/connectwise.ts';
import { createDesk } from './desk/desk.ts';
import { registerConnection } from './register-connection.ts';
import { withMetrics } from './ticket-metrics.ts';
import type { TicketSystem } from './ticket-system.ts';

/** The ticket system the environment chooses, counted, its connection registered under `chosenConnection(config)`. */
export async function createTicketSystem(config: Config, pool: Pool): Promise<TicketSystem> {
  const name = chosenConnection(config);
  await registerConnection(pool, { name, kind: name });
  return withMetrics(name === 'desk' ? deskOf(config, pool) : connectwiseOf(config, pool, name));
}

/** Ticket systems besides the chosen one: tickets made on the desk before another was set up are kept and closed there. */
export function createOtherSystems(config: Config, pool: Pool): ReadonlyMap<string, TicketSystem> {
  if (chosenConnection(config) === 'desk') return new Map();
  return new Map([['desk', withMetrics(deskOf(config, pool))]]);
}

function deskOf(config: Config, pool: Pool): TicketSystem {
  return createDesk({
    pool,
    adminUrl: config.ADMIN_URL,
    serviceBoard: config.CW_SERVICE_BOARD,
    statusNew: config.CW_STATUS_NEW,
    statusClosed: config.CW_STATUS_CLOSED,
    defaultCompanyId: config.CW_DEFAULT_COMPANY_ID,
  });
}

function connectwiseOf(config: Config, pool: Pool, connection: string): TicketSystem {
  return createConnectwise({
    url: config.CW_URL ?? '',
    company: config.CW_COMPANY ?? '',
    publicKey: config.CW_PUBLIC_KEY ?? '',
    privateKey: config.CW_PRIVATE_KEY ?? '',
    clientId: config.CW_CLIENT_ID ?? '',
    serviceBoard: config.CW_SERVICE_BOARD,
    statusNew: config.CW_STATUS_NEW,
    statusClosed: config.CW_STATUS_CLOSED,
    timeoutMs: config.PSA_TIMEOUT * 1000,
    defaultCompanyId: config.CW_DEFAULT_COMPANY_ID,
    budget: createCallBudget({ pool, connection, callsPerSecond: config.PSA_CALLS_PER_SECOND }),
  });
}
