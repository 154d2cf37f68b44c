import { expect, it } from 'vitest';
import { answersWell } from '../../../activities/tickets/connection-proof.ts';
import type { CheckFinding } from '../../../activities/tickets/ticket-system.ts';
import { createFakeTickets } from '../../support/fake-tickets.ts';

function aProvable() {
  const proofs: PromiseWithResolvers<CheckFinding[]>[] = [];
  const tickets = createFakeTickets(() => 0);
  tickets.check = () => {
    const proof = Promise.withResolvers<CheckFinding[]>();
    proofs.push(proof);
    return proof.promise;
  };
  return { tickets, proofs };
}

it('asks once for all who doubt a connection at the same time, and again ten seconds after it was found good', async () => {
  const { tickets, proofs } = aProvable();
  const asked = [answersWell(tickets, 0), answersWell(tickets, 100), answersWell(tickets, 9_000)];
  proofs[0]?.resolve([{ level: 'warning', text: 'No such board.' }]);
  expect(await Promise.all(asked)).toEqual([true, true, true]);
  expect(await answersWell(tickets, 9_999)).toBe(true);
  expect(proofs).toHaveLength(1);
  const later = answersWell(tickets, 10_000);
  proofs[1]?.reject(new Error('no answer'));
  expect(await later).toBe(false);
});

it('asks again at once where it was not found good', async () => {
  const { tickets, proofs } = aProvable();
  const first = answersWell(tickets, 0);
  proofs[0]?.resolve([{ level: 'fault', text: 'The key is not accepted.' }]);
  expect(await first).toBe(false);
  const second = answersWell(tickets, 1);
  proofs[1]?.resolve([]);
  expect(await second).toBe(true);
  expect(
    await answersWell(
      createFakeTickets(() => 0),
      1,
    ),
  ).toBe(true);
});
