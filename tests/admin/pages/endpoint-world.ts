import { expect } from 'vitest';
import type { MadeEndpoint } from '../../../infra/bench/rest-client.ts';
import { eventually } from '../../support/eventually.ts';
import type { RunningConsole } from './running-console.ts';

/** An endpoint as cases look at it. */
export interface Seen {
  id: string;
  name: string;
  version: number;
  enabled: boolean;
  draft: boolean;
  pinned: boolean;
  description: string;
  ticketing: { board: string | null; triggerField: string; mapping: Record<string, string>; routingRules: unknown[] };
  verification: { type: string; header?: string }[];
}

/** What the cases of endpoints do besides looking at pages. */
export function endpointWorld(console_: () => RunningConsole) {
  const rest = () => console_().stack.rest;
  return {
    open: (path: string) => console_().open(path),
    make: (config: Record<string, unknown>) => console_().stack.makeEndpoint(config),
    get: (id: string) => rest().get<Seen>(`/endpoints/${id}`),
    named: async (q: string) => (await rest().get<{ items: Seen[] }>(`/endpoints?q=${encodeURIComponent(q)}`)).items,
    patch: (id: string, body: object) => rest().patch(`/endpoints/${id}`, body),
    /** Sends bodies and waits until they are planned. */
    async record({ id, url, token }: MadeEndpoint, bodies: readonly object[]): Promise<void> {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      for (const body of bodies)
        expect((await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status).toBe(202);
      await eventually(async () => {
        const { items } = await rest().get<{ items: { status: string }[] }>(`/history?endpoint=${id}&limit=50`);
        return items.filter(({ status }) => status !== 'accepted').length >= bodies.length;
      }, 30_000);
    },
  };
}
export type EndpointWorld = ReturnType<typeof endpointWorld>;
