import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { aName } from './answer.ts';
import type { ConnectwiseWorld } from './contract-world.ts';

/** Contract, "History", with tickets in ConnectWise. */
export function historyCases(world: () => ConnectwiseWorld): void {
  const ticketsOf = (name: string) =>
    world()
      .psa.record.tickets()
      .filter(({ summary }) => summary.includes(name));

  describe('history', () => {
    it('shows a webhook right after the 202, masked, and its alerts once they are settled', async () => {
      const endpoint = await world().endpoint({
        routingRules: [
          { path: '$.msg', pattern: 'contract', overrides: { priority: 'P1' } },
          { path: '$.msg', pattern: 'nothing like it', overrides: { priority: 'P2' } },
          { path: '$.monitor.name', pattern: '^hist\\w+', overrides: { priority: 'P3' } },
        ],
      });
      const name = aName('history');
      const id = await endpoint.send({
        monitor: { name },
        heartbeat: { status: 0 },
        msg: 'contract',
        auth: { user: 'u' },
        author: 'seen',
        apiToken: 'hidden',
      });
      const atOnce = await world().history(id);
      expect(atOnce.requestId).toBe(id);
      expect(atOnce.body).toMatchObject({ monitor: { name }, auth: '********', author: 'seen', apiToken: '********' });
      const shown = await world().settled(id);
      const [ticket] = ticketsOf(name);
      expect([shown.status, shown.action, shown.ticketId, shown.error]).toEqual([
        'processed',
        'create',
        String(ticket?.id),
        null,
      ]);
      expect(shown.alerts).toHaveLength(1);
      expect(shown.alerts[0]).toMatchObject({
        incidentId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        action: 'create',
        ticketId: String(ticket?.id),
        error: null,
      });
      expect(shown.alerts[0]?.plan?.matchedRules.map(({ pattern }) => pattern)).toEqual(['contract', '^hist\\w+']);
      expect(JSON.stringify(shown)).not.toContain('hidden');
    });

    it('is failed with the ticket system’s own text while blocked, and processed once a retry works', async () => {
      const endpoint = await world().endpoint();
      const name = aName('blocked');
      world().psa.faults.add({
        id: name,
        kind: 'refuse',
        on: 'createTicket',
        contains: name,
        body: { code: 'InvalidObject', message: `The board is out of paper for ${name}.` },
      });
      const id = await endpoint.alert(name, 0);
      const failed = await eventually(async () => {
        const shown = await world().history(id);
        expect(shown.status).toBe('failed');
        return shown;
      }, 15_000);
      expect(failed.error).toContain(`The board is out of paper for ${name}.`);
      expect(failed.alerts[0]).toMatchObject({ error: failed.error, incidentId: expect.any(String) });
      world().psa.faults.remove(name);
      const retried = await world().api('POST', `/incidents/${failed.alerts[0]?.incidentId}/retry`, {});
      expect([200, 202]).toContain(retried.status);
      const shown = await eventually(async () => {
        const found = await world().history(id);
        expect(found.status).toBe('processed');
        return found;
      }, 15_000);
      expect([shown.action, shown.ticketId, shown.error, ticketsOf(name).length]).toEqual([
        'create',
        String(ticketsOf(name)[0]?.id),
        null,
        1,
      ]);
    });

    it('a blocked incident shows every webhook of it as failed, later ones too', async () => {
      const endpoint = await world().endpoint();
      const name = aName('blocked-twice');
      world().psa.faults.add({
        id: name,
        kind: 'refuse',
        on: 'createTicket',
        contains: name,
        body: { message: 'No such company.' },
      });
      const first = await endpoint.alert(name, 0, 'one');
      await eventually(async () => expect((await world().history(first)).status).toBe('failed'), 15_000);
      const second = await endpoint.alert(name, 0, 'two');
      const later = await eventually(async () => {
        const shown = await world().history(second);
        expect(shown.status).toBe('failed');
        return shown;
      }, 15_000);
      expect(later.error).toContain('No such company.');
      world().psa.faults.remove(name);
      await world().api('POST', `/incidents/${later.alerts[0]?.incidentId}/retry`, {});
      await eventually(async () => {
        for (const id of [first, second]) expect((await world().history(id)).status).toBe('processed');
      }, 15_000);
      expect(ticketsOf(name)).toHaveLength(1);
    });

    it('an open ticket of a person with the same summary is adopted: processed/update', async () => {
      const name = aName('adopted');
      const made = await world().call('POST', '/service/tickets', {
        summary: `Alert: ${name}`,
        board: { name: 'Contract' },
        company: { identifier: 'ACME' },
      });
      expect(made.status).toBe(201);
      const endpoint = await world().endpoint();
      const shown = await world().settled(await endpoint.alert(name, 0, 'adopt me'));
      const [ticket] = ticketsOf(name);
      expect([shown.status, shown.action, shown.ticketId, ticketsOf(name).length]).toEqual([
        'processed',
        'update',
        String(ticket?.id),
        1,
      ]);
      await eventually(() => expect(world().psa.record.notesWith('adopt me', ticket?.id)).toHaveLength(1), 5_000);
    });

    it('a close of a ticket that is gone is processed with close or none', async () => {
      const endpoint = await world().endpoint();
      const name = aName('gone');
      const opened = await world().settled(await endpoint.alert(name, 0));
      world().psa.person(Number(opened.ticketId), { delete: true });
      const shown = await world().settled(await endpoint.alert(name, 1));
      expect(shown.status).toBe('processed');
      expect(['close', 'none']).toContain(shown.action);
    });

    it('a close without any ticket is processed/none', async () => {
      const endpoint = await world().endpoint();
      const shown = await world().settled(await endpoint.alert(aName('nothing to close'), 1));
      expect([shown.status, shown.action, shown.ticketId]).toEqual(['processed', 'none', null]);
    });

    it('other values, a drop, and a window are skipped/none', async () => {
      const now = Date.now();
      const window = {
        type: 'once',
        start: new Date(now - 60_000).toISOString(),
        end: new Date(now + 600_000).toISOString(),
      };
      const [plain, dropping, resting] = await Promise.all([
        world().endpoint(),
        world().endpoint({ routingRules: [{ path: '$.msg', pattern: 'drop', overrides: { drop: true } }] }),
        world().endpoint({}, { maintenance: [window] }),
      ]);
      const name = aName('skipped');
      const shown = await Promise.all(
        [
          plain.alert(name, 7),
          plain.send({ monitor: { name }, msg: 'no trigger' }),
          dropping.alert(name, 0, 'drop me'),
          resting.alert(name, 0),
        ].map(async (id) => world().settled(await id)),
      );
      expect(shown.map(({ status, action }) => `${status}/${action}`)).toEqual(Array(4).fill('skipped/none'));
      expect(JSON.stringify(shown[3])).toMatch(/maintenance|window/);
      expect(shown[2]?.alerts[0]?.plan?.matchedRules.map(({ pattern }) => pattern)).toEqual(['drop']);
      expect(ticketsOf(name)).toEqual([]);
    });

    it('a drop and a window let a close through', async () => {
      const now = Date.now();
      const window = {
        type: 'once',
        start: new Date(now - 60_000).toISOString(),
        end: new Date(now + 600_000).toISOString(),
      };
      const endpoint = await world().endpoint();
      const name = aName('close passes');
      await world().settled(await endpoint.alert(name, 0));
      const rules = [{ path: '$.msg', pattern: 'drop', overrides: { drop: true } }];
      expect(
        (
          await world().api('PATCH', `/endpoints/${endpoint.id}`, {
            maintenance: [window],
            ticketing: { routingRules: rules },
          })
        ).status,
      ).toBe(200);
      const shown = await world().settled(await endpoint.alert(name, 1, 'drop'));
      expect([shown.status, shown.action, ticketsOf(name)[0]?.status]).toEqual(['processed', 'close', 'Resolved']);
    });

    it('webhooks of a deleted endpoint stay readable and settle', async () => {
      const endpoint = await world().endpoint();
      const name = aName('deleted');
      world().psa.faults.add({ id: name, kind: 'delay', on: 'createTicket', contains: name, ms: 1_500 });
      const first = await endpoint.alert(name, 0);
      const second = await endpoint.alert(name, 0, 'again');
      expect((await world().api('DELETE', `/endpoints/${endpoint.id}`)).status).toBe(204);
      await eventually(async () => expect((await endpoint.post('{"a":1}')).status).toBe(404), 1_000);
      for (const id of [first, second]) {
        expect((await world().history(id)).body).toMatchObject({ monitor: { name } });
        expect((await world().settled(id)).status).toBe('processed');
      }
      world().psa.faults.remove(name);
      expect(ticketsOf(name)).toHaveLength(1);
    });

    it('a replay is a new webhook that names the old one', async () => {
      const endpoint = await world().endpoint();
      const name = aName('replayed');
      const first = await endpoint.alert(name, 0, 'as before');
      await world().settled(first);
      const answer = await world().api('POST', `/history/${first}/replay`, { rules: 'recorded' });
      expect(answer.status).toBe(202);
      const shown = await world().settled(String(answer.body['request_id']));
      expect([shown.replayOf, shown.status, shown.action, ticketsOf(name).length]).toEqual([
        first,
        'processed',
        'update',
        1,
      ]);
    });
  });
}
