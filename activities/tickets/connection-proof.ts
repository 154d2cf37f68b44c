import type { TicketSystem } from './ticket-system.ts';

/** A step has 45 s in all, of which the failed call has taken 25 at most. */
const PROOF_MS = 10_000;
/** A proof is several calls of the connection's rate, and where one endpoint hangs, many of its steps ask for one. */
const PROOF_KEPT_MS = 10_000;

interface Proof {
  at: number;
  isGood: Promise<boolean>;
}

const proofs = new WeakMap<TicketSystem, Proof>();

/** Whether the ticket system answers without a fault. Those who ask at the same time share the answer; a good one is kept for ten seconds. */
export function answersWell(tickets: TicketSystem, nowMs: number): Promise<boolean> {
  const known = proofs.get(tickets);
  if (known !== undefined && nowMs < known.at + PROOF_KEPT_MS) return known.isGood;
  const isGood = tickets.check(AbortSignal.timeout(PROOF_MS)).then(
    (findings) => findings.every(({ level }) => level !== 'fault'),
    () => false,
  );
  const proof = { at: nowMs, isGood };
  proofs.set(tickets, proof);
  void isGood.then((good) => {
    if (!good && proofs.get(tickets) === proof) proofs.delete(tickets);
  });
  return isGood;
}
