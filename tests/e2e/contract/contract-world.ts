import { createCaller } from '../../support/connectwise/raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { eventually } from '../../support/eventually.ts';
import { API_KEY, startRunningStack, type RunningStack } from '../../support/running-stack.ts';
import { answerOf, type Answer } from './answer.ts';
import type { Shown } from './shown.ts';
import { makeTestEndpoint, type TestEndpoint } from './test-endpoint.ts';

/** One stack as outside tests meet it: REST, webhook addresses, and (but for the desk) the ticket system's own record. */
export interface ContractWorld {
  stack: RunningStack;
  api(method: string, path: string, body?: unknown): Promise<Answer>;
  /** An endpoint of its own, so that cases run side by side. `ticketing` is laid over an interval of 0. */
  endpoint(ticketing?: Record<string, unknown>, more?: Record<string, unknown>): Promise<TestEndpoint>;
  /** The webhook once all its alerts are settled. */
  settled(requestId: string, withinMs?: number): Promise<Shown>;
  history(requestId: string): Promise<Shown>;
}

export interface ConnectwiseWorld extends ContractWorld {
  psa: ConnectwiseSimulator;
  /** A bare call to the simulator with good credentials. */
  call: ReturnType<typeof createCaller>;
}

export const SETTLE_MS = 20_000;

/** A stack whose tickets go to a simulator of its own. Its home board knows closing statuses without the closed flag. */
export async function startConnectwiseWorld(): Promise<ConnectwiseWorld & { stop(): Promise<void> }> {
  const psa = await startConnectwiseSimulator();
  psa.extend({
    companies: ['ACME-EU', 'Größe'].map((identifier) => ({ identifier, name: `${identifier} of the contract` })),
    boards: [{ name: 'Contract', statuses: CONTRACT_STATUSES }],
  });
  const { company, publicKey, privateKey, clientId } = psa.credentials;
  const world = await startWorld({
    CW_URL: psa.url,
    CW_COMPANY: company,
    CW_PUBLIC_KEY: publicKey,
    CW_PRIVATE_KEY: privateKey,
    CW_CLIENT_ID: clientId,
    CW_SERVICE_BOARD: 'Contract',
    CW_STATUS_CLOSED: 'Resolved',
    CW_DEFAULT_COMPANY_ID: 'ACME',
    PSA_CALLS_PER_SECOND: '200',
    PSA_LAG_BUDGET: '8',
    VIABILITY_TTL: '1',
  }).catch(async (error: unknown) => {
    await psa.stop();
    throw error;
  });
  return {
    ...world,
    psa,
    call: createCaller(psa),
    async stop() {
      await world.stop();
      await psa.stop();
    },
  };
}

const CONTRACT_STATUSES = [
  { name: 'New', defaultFlag: true },
  { name: 'In Progress' },
  { name: 'Completed' },
  { name: 'Cancelled' },
  { name: 'Closed' },
  { name: 'Resolved' },
  { name: 'Quiet again' },
  { name: 'Filed', closedStatus: true },
];

/** A stack with the built-in desk and an empty `CW_TICKET_PREFIX`. */
export function startDeskWorld(
  environment: Record<string, string> = {},
): Promise<ContractWorld & { stop(): Promise<void> }> {
  return startWorld({ CW_TICKET_PREFIX: '', VIABILITY_TTL: '1', ...environment });
}

async function startWorld(environment: Record<string, string>): Promise<ContractWorld & { stop(): Promise<void> }> {
  const stack = await startRunningStack({ environment });
  const api = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${stack.adminOrigin}${path.startsWith('/api/v1') ? '' : '/api/v1'}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    return answerOf(response);
  };
  const history = async (requestId: string) => (await api('GET', `/history/${requestId}`)).body as unknown as Shown;
  return {
    stack,
    api,
    history,
    endpoint: (ticketing, more) =>
      makeTestEndpoint({ api, ingressOrigin: stack.ingressOrigin }, ticketing ?? {}, more ?? {}),
    settled: (requestId, withinMs = SETTLE_MS) =>
      eventually(
        async () => {
          const shown = await history(requestId);
          if (['received', 'dispatched', undefined].includes(shown.status))
            throw new Error(`It is not settled: ${JSON.stringify(shown)}\n${lastWords(stack)}`);
          return shown;
        },
        withinMs,
        60,
      ),
    async stop() {
      await stack.stop().catch(async (error: unknown) => {
        await stack.clean();
        throw error;
      });
      await stack.clean();
    },
  };
}

function lastWords({ stack }: RunningStack): string {
  return stack.output().split('\n').slice(-20).join('\n');
}
