import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { aName } from './answer.ts';
import type { ConnectwiseWorld } from './contract-world.ts';
import type { Shown } from './shown.ts';

/** Contract, "History" and "Tickets": a ticket system that refuses, and endings that are not plain closes. */
export function troubleCases(world: () => ConnectwiseWorld): void {
  const ticketsOf = (name: string) =>
    world()
      .psa.record.tickets()
      .filter(({ summary }) => summary.includes(name));
  const inState = (id: string, status: Shown['status'], withinMs = 15_000) =>
    eventually(
      async () => {
        const shown = await world().history(id);
        if (shown.status !== status) throw new Error(`It is ${shown.status}, not ${status}: ${JSON.stringify(shown)}`);
        return shown;
      },
      withinMs,
      60,
    );
  const retry = (shown: Shown) => world().api('POST', `/incidents/${shown.alerts[0]?.incidentId}/retry`, {});

  describe('a ticket system that refuses', () => {
    it('a note: failed with its text, processed after a retry, told once', async () => {
      const endpoint = await world().endpoint();
      const name = aName('note refused');
      const { ticketId } = await world().settled(await endpoint.alert(name, 0));
      world().psa.faults.add({
        id: name,
        kind: 'refuse',
        method: 'POST',
        path: `/service/tickets/${ticketId}/notes`,
        body: { message: 'Notes are on strike.' },
      });
      const id = await endpoint.alert(name, 0, `told once ${name}`);
      const failed = await inState(id, 'failed');
      expect(failed.error).toContain('Notes are on strike.');
      world().psa.faults.remove(name);
      await retry(failed);
      expect((await inState(id, 'processed')).action).toBe('update');
      expect(world().psa.record.notesWith(`told once ${name}`)).toHaveLength(1);
    });

    it('a close: failed with its text, processed/close after a retry, one resolution note', async () => {
      const endpoint = await world().endpoint();
      const name = aName('close refused');
      const { ticketId } = await world().settled(await endpoint.alert(name, 0));
      world().psa.faults.add({
        id: name,
        kind: 'refuse',
        method: 'PATCH',
        path: `/service/tickets/${ticketId}`,
        body: { message: 'A time entry is missing.' },
      });
      const id = await endpoint.alert(name, 1);
      const failed = await inState(id, 'failed');
      expect(failed.error).toContain('A time entry is missing.');
      world().psa.faults.remove(name);
      await retry(failed);
      expect((await inState(id, 'processed')).action).toBe('close');
      expect(ticketsOf(name)[0]?.notes.filter(({ resolutionFlag }) => resolutionFlag)).toHaveLength(1);
    });

    it.each(['the next alert', 'the change alone'])(
      'a board that is not there: after a changed configuration %s is enough',
      async (what) => {
        const endpoint = await world().endpoint({ board: 'No such board' });
        const name = aName('wrong board');
        const ids = [await endpoint.alert(name, 0)];
        expect((await inState(ids[0] ?? '', 'failed')).error).toMatch(/board/i);
        const changed = await world().api('PATCH', `/endpoints/${endpoint.id}`, { ticketing: { board: 'NOC' } });
        expect(changed.status).toBe(200);
        if (what === 'the next alert') ids.push(await endpoint.alert(name, 0, 'next'));
        for (const id of ids) await inState(id, 'processed', 20_000);
        expect(ticketsOf(name).map(({ board }) => board)).toEqual(['NOC']);
      },
    );

    it('a person’s retry uses the configuration of now', async () => {
      const endpoint = await world().endpoint({ companyId: 'NOBODY' });
      const name = aName('wrong company');
      const id = await endpoint.alert(name, 0);
      const failed = await inState(id, 'failed');
      await world().api('PATCH', `/endpoints/${endpoint.id}`, { ticketing: { companyId: 'GLOBEX' } });
      await retry(failed);
      await inState(id, 'processed');
      expect(ticketsOf(name).map(({ company }) => company)).toEqual(['GLOBEX']);
    });
  });

  describe('other endings', () => {
    it('closeDelaySeconds: an alert within the delay takes the close back', async () => {
      const endpoint = await world().endpoint({ closeDelaySeconds: 3 });
      const name = aName('delayed');
      const first = await world().settled(await endpoint.alert(name, 0));
      const close = await endpoint.alert(name, 1);
      const again = await endpoint.alert(name, 0, 'again');
      expect((await inState(again, 'processed')).ticketId).toBe(first.ticketId);
      expect((await inState(close, 'processed')).action).not.toBe('close');
      const last = await endpoint.alert(name, 1);
      expect((await inState(last, 'processed')).action).toBe('close');
      expect(ticketsOf(name).map(({ status }) => status)).toEqual(['Resolved']);
    });

    it('reopenWindowSeconds: an alert within the window opens the same ticket again', async () => {
      const endpoint = await world().endpoint({ reopenWindowSeconds: 60 });
      const name = aName('reopened');
      const first = await world().settled(await endpoint.alert(name, 0));
      await world().settled(await endpoint.alert(name, 1));
      const shown = await world().settled(await endpoint.alert(name, 0, 'back again'));
      expect([shown.status, shown.action, shown.ticketId]).toEqual(['processed', 'reopen', first.ticketId]);
      expect(ticketsOf(name).map(({ status }) => status)).toEqual(['New']);
    });

    it.each([
      ['close', 'Resolved'],
      ['keep', 'New'],
    ])('an endpoint deleted with incidents=%s leaves its ticket %s', async (incidents, status) => {
      const endpoint = await world().endpoint();
      const name = aName(`deleted ${incidents}`);
      const shown = await world().settled(await endpoint.alert(name, 0));
      expect((await world().api('DELETE', `/endpoints/${endpoint.id}?incidents=${incidents}`)).status).toBe(204);
      await eventually(() => expect(ticketsOf(name).map((ticket) => ticket.status)).toEqual([status]), 15_000);
      expect((await world().history(shown.requestId)).status).toBe('processed');
    });

    it('a person notes and closes from here', async () => {
      const endpoint = await world().endpoint();
      const name = aName('by order');
      const shown = await world().settled(await endpoint.alert(name, 0));
      const order = (kind: string, body: unknown) =>
        world().api('POST', `/incidents/${shown.alerts[0]?.incidentId}/${kind}`, body);
      expect((await order('note', { text: `seen by me ${name}` })).status).toBeLessThan(300);
      expect((await order('close', { text: 'all good' })).status).toBeLessThan(300);
      await eventually(() => expect(ticketsOf(name).map((ticket) => ticket.status)).toEqual(['Resolved']), 15_000);
      expect(world().psa.record.notesWith(`seen by me ${name}`)).toHaveLength(1);
    });
  });
}
