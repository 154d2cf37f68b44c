import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { aName } from './answer.ts';
import type { ConnectwiseWorld } from './contract-world.ts';

/** Contract, "Tickets": what is written on them. */
export function ticketNoteCases(world: () => ConnectwiseWorld): void {
  const record = () => world().psa.record;
  const ticketsOf = (name: string) =>
    record()
      .tickets()
      .filter(({ summary }) => summary.includes(name));
  const notesOf = (name: string) => ticketsOf(name).flatMap(({ notes }) => notes);

  describe('notes', () => {
    it('with an interval of 0 each alert’s note contains its message, by the visibility of the endpoint', async () => {
      for (const [noteVisibility, flag] of [
        ['internal', 'internalAnalysisFlag'],
        ['public', 'detailDescriptionFlag'],
      ] as const) {
        const endpoint = await world().endpoint({ noteVisibility });
        const name = aName(noteVisibility);
        await world().settled(await endpoint.alert(name, 0, 'first'));
        const words = Array.from({ length: 5 }, (_, n) => `word-${n}-${name}`);
        for (const id of await Promise.all(words.map((word) => endpoint.alert(name, 0, word)))) {
          const shown = await world().settled(id);
          expect([shown.status, shown.action]).toEqual(['processed', 'update']);
        }
        expect(ticketsOf(name)).toHaveLength(1);
        for (const word of words) {
          const [note, ...more] = record().notesWith(word);
          expect(more).toEqual([]);
          expect(note).toMatchObject({
            detailDescriptionFlag: false,
            internalAnalysisFlag: false,
            resolutionFlag: false,
            [flag]: true,
          });
        }
      }
    });

    it('alerts that come at once, before there is a ticket, get a note each as well', async () => {
      const endpoint = await world().endpoint();
      const name = aName('at once');
      const words = Array.from({ length: 6 }, (_, n) => `burst-${n}-${name}`);
      const ids = await Promise.all(words.map((word) => endpoint.alert(name, 0, word)));
      const shown = await Promise.all(ids.map((id) => world().settled(id)));
      expect(shown.map(({ action }) => action).sort()).toEqual(['create', ...Array(5).fill('update')]);
      expect(ticketsOf(name)).toHaveLength(1);
      for (const word of words) expect(record().notesWith(word).length).toBe(1);
    });

    it('a joined note contains the last message', async () => {
      const endpoint = await world().endpoint({ noteIntervalSeconds: 2 });
      const name = aName('joined');
      await world().settled(await endpoint.alert(name, 0, 'first'));
      await world().settled(await endpoint.alert(name, 0, 'second'));
      let last = '';
      for (let n = 0; n < 8; n += 1) last = await endpoint.alert(name, 0, `joined-${n}-end`);
      await eventually(
        () => expect(notesOf(name).filter(({ text }) => text.includes('joined-7-end'))).toHaveLength(1),
        15_000,
      );
      expect((await world().settled(last)).status).toBe('processed');
      expect(notesOf(name).length).toBeLessThan(10);
    });

    it('the default description holds name, message, request id and the masked JSON', async () => {
      const endpoint = await world().endpoint();
      const name = aName('described');
      const id = await endpoint.send({
        monitor: { name },
        heartbeat: { status: 0 },
        msg: 'the message of it',
        secret: 'hidden',
        nested: { kept: 'yes' },
      });
      await world().settled(id);
      const text = notesOf(name)
        .map((note) => note.text)
        .join('\n');
      for (const part of [name, 'the message of it', id, '"kept"', '"yes"', '********']) expect(text).toContain(part);
      expect(text).not.toContain('hidden');
    });

    it.each(['drop-after-commit', 'error-after-commit', 'drop-before-commit', 'html-after-commit'] as const)(
      'one resolution note per close although the note’s call met %s',
      async (kind) => {
        const endpoint = await world().endpoint();
        const name = aName(kind);
        const { ticketId } = await world().settled(await endpoint.alert(name, 0));
        const rule = { id: `n-${name}`, kind, method: 'POST', path: `/service/tickets/${ticketId}/notes`, times: 2 };
        world().psa.faults.add(rule);
        const shown = await world().settled(await endpoint.alert(name, 1, `well again ${name}`), 40_000);
        expect([shown.status, shown.action]).toEqual(['processed', 'close']);
        const resolutions = notesOf(name).filter(({ resolutionFlag }) => resolutionFlag);
        expect(resolutions).toHaveLength(1);
        expect(resolutions[0]).toMatchObject({ internalAnalysisFlag: false, detailDescriptionFlag: false });
        expect(resolutions[0]?.text).toContain(`well again ${name}`);
        expect(ticketsOf(name).map(({ status }) => status)).toEqual(['Resolved']);
      },
    );

    it.each(['error-after-commit', 'drop-after-commit', 'false-200', 'error-before-commit'] as const)(
      'one resolution note per close although the status’s call met %s',
      async (kind) => {
        const endpoint = await world().endpoint();
        const name = aName(`patch ${kind}`);
        const { ticketId } = await world().settled(await endpoint.alert(name, 0));
        world().psa.faults.add({
          id: `p-${name}`,
          kind,
          method: 'PATCH',
          path: `/service/tickets/${ticketId}`,
          times: 2,
        });
        const id = await endpoint.alert(name, 1);
        const shown = await eventually(
          async () => {
            const found = await world().history(id);
            if (kind === 'false-200' && found.status === 'failed')
              await world().api('POST', `/incidents/${found.alerts[0]?.incidentId}/retry`, {});
            expect(found.status).toBe('processed');
            return found;
          },
          40_000,
          500,
        );
        expect(shown.action).toBe('close');
        expect(notesOf(name).filter(({ resolutionFlag }) => resolutionFlag)).toHaveLength(1);
        expect(ticketsOf(name).map(({ status }) => status)).toEqual(['Resolved']);
      },
    );

    it('a note answered 404 goes to a new ticket or is tried again', async () => {
      const endpoint = await world().endpoint();
      const name = aName('note 404');
      const { ticketId } = await world().settled(await endpoint.alert(name, 0));
      const path = `/service/tickets/${ticketId}/notes`;
      world().psa.faults.add({
        id: `m-${name}`,
        kind: 'refuse',
        status: 404,
        method: 'POST',
        path,
        times: 1,
        body: { code: 'NotFound', message: 'Ticket not found' },
      });
      const shown = await world().settled(await endpoint.alert(name, 0, `still said ${name}`), 40_000);
      expect([shown.status, shown.action]).toEqual(['processed', 'update']);
      expect(record().notesWith(`still said ${name}`)).toHaveLength(1);
    });

    it('a repeat on a ticket that was deleted goes to a new ticket', async () => {
      const endpoint = await world().endpoint();
      const name = aName('deleted under it');
      const first = await world().settled(await endpoint.alert(name, 0));
      world().psa.person(Number(first.ticketId), { delete: true });
      const shown = await world().settled(await endpoint.alert(name, 0, `moved on ${name}`));
      expect(shown).toMatchObject({ status: 'processed', action: 'create' });
      expect(shown.ticketId).not.toBe(first.ticketId);
      expect(
        record()
          .notesWith(`moved on ${name}`)
          .map(({ ticketId }) => String(ticketId)),
      ).toEqual([shown.ticketId]);
    });
  });
}
