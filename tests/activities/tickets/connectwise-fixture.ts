import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unlimitedBudget } from '../../../activities/tickets/call-budget.ts';
import {
  createConnectwise,
  type ClosableTicketSystem,
  type ConnectwiseOptions,
} from '../../../activities/tickets/connectwise/connectwise.ts';
import { defaultCredentials } from '../../support/connectwise/simulator.ts';

/** The adapter towards an address, with the simulator's credentials unless told otherwise. */
export function towards(url: string, more: Partial<ConnectwiseOptions> = {}): ClosableTicketSystem {
  return createConnectwise({
    url,
    ...defaultCredentials,
    serviceBoard: 'Service Board',
    statusNew: 'New',
    statusClosed: 'Closed',
    timeoutMs: 5_000,
    budget: unlimitedBudget,
    defaultCompanyId: 'ACME',
    ...more,
  });
}

export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server that answers whatever a test says, for what the simulator does not do; it keeps what it was sent. */
export async function startOddServer(answer: (request: SeenRequest, response: ServerResponse) => void) {
  const seen: SeenRequest[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const [path = '', query = ''] = (message.url ?? '').split('?');
      const request = {
        method: message.method ?? '',
        path,
        query: new URLSearchParams(query),
        headers: message.headers,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(request);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
