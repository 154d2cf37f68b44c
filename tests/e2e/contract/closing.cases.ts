import { describe, expect, it } from 'vitest';
import { aName } from './answer.ts';
import type { ConnectwiseWorld } from './contract-world.ts';

/** Contract, "Tickets": when a ticket counts as closed, and what a person's hand on it means. */
export function closingCases(world: () => ConnectwiseWorld): void {
  const ticketsOf = (name: string) =>
    world()
      .psa.record.tickets()
      .filter(({ summary }) => summary.includes(name));

  describe('closing', () => {
    it('a close sets the closing status and says so, a second one finds nothing to do', async () => {
      const endpoint = await world().endpoint();
      const name = aName('closed');
      const opened = await world().settled(await endpoint.alert(name, 0));
      const closed = await world().settled(await endpoint.alert(name, 1));
      expect([closed.status, closed.action, closed.ticketId]).toEqual(['processed', 'close', opened.ticketId]);
      const again = await world().settled(await endpoint.alert(name, 1));
      expect([again.status, again.action]).toEqual(['processed', 'none']);
      expect(ticketsOf(name).map(({ status }) => status)).toEqual(['Resolved']);
      const next = await world().settled(await endpoint.alert(name, 0));
      expect(next.action).toBe('create');
      expect(ticketsOf(name)).toHaveLength(2);
    });

    it('the endpoint’s closeStatus is used, and is closed for it', async () => {
      const endpoint = await world().endpoint({ closeStatus: 'Quiet again' });
      const name = aName('closeStatus');
      await world().settled(await endpoint.alert(name, 0));
      await world().settled(await endpoint.alert(name, 1));
      expect(ticketsOf(name).map(({ status }) => status)).toEqual(['Quiet again']);
      expect((await world().settled(await endpoint.alert(name, 0))).action).toBe('create');
    });

    it.each([
      ['a status with the closed flag', 'Filed', {}],
      ['the name Closed', 'Closed', {}],
      ['the name Completed', 'Completed', {}],
      ['the name Cancelled', 'Cancelled', {}],
      ['CW_STATUS_CLOSED', 'Resolved', {}],
      ['the endpoint’s closeStatus', 'Quiet again', { closeStatus: 'Quiet again' }],
      ['the endpoint’s closeStatus in other letters', 'Quiet again', { closeStatus: 'quiet again' }],
    ])('a person who sets %s has closed the ticket', async (_, status, ticketing) => {
      const endpoint = await world().endpoint(ticketing);
      const name = aName('by a person');
      const first = await world().settled(await endpoint.alert(name, 0));
      world().psa.person(Number(first.ticketId), { status });
      const next = await world().settled(await endpoint.alert(name, 0));
      expect([next.status, next.action]).toEqual(['processed', 'create']);
      expect(ticketsOf(name)).toHaveLength(2);
    });

    it.each(['In Progress', 'Quiet again'])('a person who sets %s has not', async (status) => {
      const endpoint = await world().endpoint();
      const name = aName('worked on');
      const first = await world().settled(await endpoint.alert(name, 0));
      world().psa.person(Number(first.ticketId), { status });
      const next = await world().settled(await endpoint.alert(name, 0));
      expect([next.action, next.ticketId, ticketsOf(name).length]).toEqual(['update', first.ticketId, 1]);
    });

    it.each([
      ['the status', { status: 'In Progress' }],
      ['only _info.updatedBy', { summary: 'Renamed by hand', by: 'asmith' }],
      ['a note', { note: 'I look into it', by: 'asmith' }],
    ])(
      'untouched: a ticket of which a person changed %s stays open, and the skipped close is processed',
      async (_, act) => {
        const endpoint = await world().endpoint({ closePolicy: 'untouched' });
        const name = aName('touched');
        const first = await world().settled(await endpoint.alert(name, 0));
        world().psa.person(Number(first.ticketId), act);
        const shown = await world().settled(await endpoint.alert(name, 1));
        expect(shown.status).toBe('processed');
        const ticket = world().psa.record.ticket(Number(first.ticketId));
        expect([ticket?.closedFlag, ['New', 'In Progress'].includes(ticket?.status ?? '')]).toEqual([false, true]);
        expect(ticket?.notes.filter(({ resolutionFlag }) => resolutionFlag)).toEqual([]);
      },
    );

    it('untouched: a ticket that only we wrote to is closed', async () => {
      const endpoint = await world().endpoint({ closePolicy: 'untouched' });
      const name = aName('untouched');
      await world().settled(await endpoint.alert(name, 0));
      await world().settled(await endpoint.alert(name, 0, 'a note of ours'));
      const shown = await world().settled(await endpoint.alert(name, 1));
      expect([shown.status, shown.action, ticketsOf(name)[0]?.status]).toEqual(['processed', 'close', 'Resolved']);
    });

    it('always: a ticket that a person worked on is closed all the same', async () => {
      const endpoint = await world().endpoint();
      const name = aName('always');
      const first = await world().settled(await endpoint.alert(name, 0));
      world().psa.person(Number(first.ticketId), { status: 'In Progress', note: 'mine' });
      const shown = await world().settled(await endpoint.alert(name, 1));
      expect([shown.action, ticketsOf(name)[0]?.status]).toEqual(['close', 'Resolved']);
    });

    it('a close of a ticket that a person closed is processed', async () => {
      const endpoint = await world().endpoint();
      const name = aName('closed before');
      const first = await world().settled(await endpoint.alert(name, 0));
      world().psa.person(Number(first.ticketId), { status: 'Completed' });
      const shown = await world().settled(await endpoint.alert(name, 1));
      expect(shown.status).toBe('processed');
      expect(['close', 'none']).toContain(shown.action);
      expect(ticketsOf(name).map(({ status }) => status)).toEqual(['Completed']);
    });

    it('an alert that follows a close on its heels leaves one open ticket', async () => {
      const endpoint = await world().endpoint();
      const name = aName('flapping');
      const ids = [];
      for (const status of [0, 1, 0, 1, 0]) ids.push(await endpoint.alert(name, status));
      for (const id of ids) expect((await world().settled(id)).status).toBe('processed');
      expect(ticketsOf(name).filter(({ status }) => status === 'New')).toHaveLength(1);
    });
  });
}
