import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { aName } from './answer.ts';
import type { ConnectwiseWorld } from './contract-world.ts';
import type { TestEndpoint } from './test-endpoint.ts';

/** A minute where the ingress has not been up for one yet, and time for a machine that runs all cases at once. */
const FIRES_WITHIN_MS = 90_000;
const SOON_MS = 20_000;
/** Of a time-out of a minute: what is left is waited for. */
const PASSED = `interval '57 seconds'`;

interface Incident {
  id: string;
  phase: string;
  error: string | null;
  ticketId: string | null;
  lastTicketId: string | null;
}

/** Contract, "Heartbeats" and "Tickets": the incident of a silence lives as any other, its minutes wound on in the database. */
export function heartbeatTicketCases(world: () => ConnectwiseWorld): void {
  const ticketsOf = ({ name }: TestEndpoint) =>
    world()
      .psa.record.tickets()
      .filter(({ summary }) => summary.includes(name));
  const incidentOf = async ({ id }: TestEndpoint) => {
    const { body } = await world().api('GET', `/incidents?endpoint=${id}&q=${encodeURIComponent('[TIMEOUT]')}`);
    return (body['items'] as Incident[])[0];
  };
  const inPhase = (endpoint: TestEndpoint, phase: string) =>
    eventually(
      async () => {
        const incident = await incidentOf(endpoint);
        if (incident?.phase !== phase) throw new Error(`It is not ${phase}: ${JSON.stringify(incident)}`);
        return incident;
      },
      SOON_MS,
      100,
    );
  /** Most of a minute has gone by since `column`; the heartbeat looks again as after a change of its settings. */
  const windOn = async ({ id }: TestEndpoint, table: 'endpoint_version' | 'heartbeat', column: string) => {
    await world().stack.pool.query(
      `update ${table} set ${column} = ${column} - ${PASSED} where endpoint_id = $1 and ${column} is not null`,
      [id],
    );
    await world().stack.pool.query(`update heartbeat set settings = '{}' where endpoint_id = $1`, [id]);
    expect((await world().api('PATCH', `/endpoints/${id}`, { description: `wound on by ${column}` })).status).toBe(200);
  };
  const aSilentEndpoint = async () => {
    const endpoint = await world().endpoint({}, { heartbeat: { enabled: true, timeoutMinutes: 1 } });
    await windOn(endpoint, 'endpoint_version', 'saved_at');
    await eventually(() => ticketsOf(endpoint).length === 1, FIRES_WITHIN_MS, 100);
    return endpoint;
  };

  describe('a silent endpoint', () => {
    it(
      'gets one ticket, each further silence is a note on it, and the next webhook closes it',
      async () => {
        const endpoint = await aSilentEndpoint();
        const notes = () => ticketsOf(endpoint)[0]?.notes.filter(({ resolutionFlag }) => !resolutionFlag) ?? [];
        expect(ticketsOf(endpoint)).toMatchObject([
          { summary: `[TIMEOUT] Webhook Endpoint: ${endpoint.name} - No data for 1m`, status: 'New' },
        ]);
        const before = notes().length;
        await windOn(endpoint, 'heartbeat', 'told_from_at');
        await eventually(() => notes().length > before, FIRES_WITHIN_MS, 100);
        expect([notes().length, ticketsOf(endpoint).length]).toEqual([before + 1, 1]);
        expect(notes().at(-1)?.text).toContain('1m');

        const heard = await endpoint.alert(aName('alive'), 1);
        await inPhase(endpoint, 'closed');
        const [ticket] = ticketsOf(endpoint);
        expect([ticket?.status, ticketsOf(endpoint).length]).toEqual(['Resolved', 1]);
        expect(ticket?.notes.filter(({ resolutionFlag }) => resolutionFlag)).toMatchObject([
          { text: expect.stringContaining(heard) },
        ]);
      },
      2 * FIRES_WITHIN_MS + 2 * SOON_MS,
    );

    it(
      'is blocked with the answer where its close is refused, which holds no webhook up, and closed by a retry',
      async () => {
        const endpoint = await aSilentEndpoint();
        const { id, ticketId } = await inPhase(endpoint, 'open');
        const fault = aName('refused silence');
        world().psa.faults.add({
          id: fault,
          kind: 'refuse',
          method: 'PATCH',
          path: `/service/tickets/${ticketId}`,
          status: 422,
          body: { message: 'A time entry is missing.' },
        });
        const heard = await world().settled(await endpoint.alert(aName('alive'), 1));
        expect([heard.status, heard.error]).toEqual(['processed', null]);
        const blocked = await inPhase(endpoint, 'blocked');
        expect([blocked.ticketId, blocked.error]).toEqual([
          ticketId,
          'ConnectWise answered 422: A time entry is missing.',
        ]);
        world().psa.faults.remove(fault);
        expect((await world().api('POST', `/incidents/${id}/retry`, {})).status).toBeLessThan(300);
        const closed = await inPhase(endpoint, 'closed');
        expect([closed.lastTicketId, closed.error]).toEqual([ticketId, null]);
        expect(ticketsOf(endpoint)).toMatchObject([{ status: 'Resolved' }]);
        expect(ticketsOf(endpoint)[0]?.notes.filter(({ resolutionFlag }) => resolutionFlag)).toHaveLength(1);
      },
      FIRES_WITHIN_MS + 4 * SOON_MS,
    );
  });
}
