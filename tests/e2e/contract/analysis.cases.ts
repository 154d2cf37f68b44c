import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { BrokenModelServer, Manner } from '../../support/language-model/broken-server.ts';
import { SETTLE_MS, type ContractWorld } from './contract-world.ts';

interface Analysis {
  state: string;
  error: string | null;
  remedy: string | null;
}

/** Contract, "Analysis", one after the other: the model server has one manner at a time. */
export function analysisCases(world: () => ContractWorld, server: () => BrokenModelServer): void {
  const openOne = async (manner: Manner, message = 'contract') => {
    server().manner = manner;
    server().questions.length = 0;
    const endpoint = await world().endpoint({}, { analysis: { enabled: true, instructions: 'Be brief.' } });
    const name = `analysis ${manner}`;
    const shown = await world().settled(await endpoint.alert(name, 0, message));
    const [alert] = shown.alerts ?? [];
    const ended = await eventually(async () => {
      const { body } = await world().api('GET', `/incidents/${alert?.incidentId}`);
      const [analysis] = body['analyses'] as Analysis[];
      return analysis && ['noted', 'failed'].includes(analysis.state) ? analysis : false;
    }, SETTLE_MS);
    const ticketId = String(alert?.ticketId);
    const notes = async () => {
      const { body } = await world().api('GET', `/tickets/${ticketId}`);
      return body['notes'] as { visibility: string; purpose: string; body: string }[];
    };
    return { endpoint, name, ticketId, ended, notes };
  };

  describe('analysis', { concurrent: false }, () => {
    it('is one question for a new ticket and one internal note', async () => {
      const { endpoint, name, ended, notes } = await openOne('well');
      expect(ended.state).toBe('noted');
      await world().settled(await endpoint.alert(name, 0, 'again'));
      expect((await notes()).filter(({ purpose }) => purpose === 'analysis')).toMatchObject([
        { visibility: 'internal' },
      ]);
      expect(server().questions).toHaveLength(1);
    });

    it.each<Manner>(['server error', 'empty answer', 'web page'])(
      'is no note when the model shows %s',
      async (manner) => {
        const { endpoint, name, ended, notes, ticketId } = await openOne(manner);
        expect(ended).toMatchObject({ state: 'failed', error: expect.any(String), remedy: expect.any(String) });
        expect(await notes()).toEqual([]);
        const closed = await world().settled(await endpoint.alert(name, 1, 'up'));
        expect(closed).toMatchObject({ status: 'processed', action: 'close', ticketId });
      },
    );
  });
}
