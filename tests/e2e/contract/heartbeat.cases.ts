import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { ContractWorld } from './contract-world.ts';

const TIMEOUT_MS = 60_000;
/** Five seconds by the contract; the rest is for a machine that runs all cases at once. */
const FIRES_WITHIN_MS = 20_000;

interface Ticket {
  id: string;
  summary: string;
  description: string;
  status: string;
  closed: boolean;
  createdAt: string;
  notes: { purpose: string; body: string }[];
}

/** Contract, "Heartbeats", on a minute of real time; what takes longer is tested in skipped time. */
export function heartbeatCases(world: () => ContractWorld): void {
  const ticketsOf = async (name: string) => {
    const { body } = await world().api('GET', `/tickets?q=${encodeURIComponent(name)}`);
    return (body['items'] as Ticket[]).filter(({ summary }) => summary.includes(name));
  };

  describe('heartbeats', () => {
    it(
      'fire a minute after the last accepted webhook, named 1m; the next one closes the ticket with a resolution note',
      async () => {
        const endpoint = await world().endpoint(
          { closeStatus: 'Closed' },
          { heartbeat: { enabled: true, timeoutMinutes: 1 } },
        );
        const heard = await endpoint.send({ still: 'alive' });
        const heardMs = Date.parse(
          String(((await world().history(heard)) as unknown as { receivedAt: string }).receivedAt),
        );
        await world().settled(heard);
        const replay = await world().api('POST', `/history/${heard}/replay`, { rules: 'today' });
        expect(replay.status).toBe(202);
        expect((await endpoint.post('{}', { authorization: 'Bearer wrong' })).status).toBe(401);

        const [ticket] = await eventually(
          async () => {
            const found = await ticketsOf(endpoint.name);
            return found.length === 1 ? found : false;
          },
          TIMEOUT_MS + FIRES_WITHIN_MS,
          200,
        );
        const lateMs = Date.parse(String(ticket?.createdAt)) - heardMs - TIMEOUT_MS;
        expect(lateMs).toBeGreaterThanOrEqual(0);
        expect(lateMs).toBeLessThan(FIRES_WITHIN_MS);
        expect(ticket?.summary).toBe(`[TIMEOUT] Webhook Endpoint: ${endpoint.name} - No data for 1m`);

        const again = await endpoint.send({ still: 'alive' });
        const closed = await eventually(async () => {
          const { body } = await world().api('GET', `/tickets/${ticket?.id}`);
          return body['closed'] === true ? (body as unknown as Ticket) : false;
        }, FIRES_WITHIN_MS);
        expect(closed.status).toBe('Closed');
        expect(closed.notes.filter(({ purpose }) => purpose === 'resolution')).toMatchObject([
          { body: expect.stringContaining(again) },
        ]);
      },
      TIMEOUT_MS + 4 * FIRES_WITHIN_MS,
    );
  });
}
