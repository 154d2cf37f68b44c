import { expect, test } from 'vitest';
import { createCircuit } from '../../../ingress/dispatcher/circuit.ts';

test('a server that is well takes calls up to the limit', () => {
  const circuit = createCircuit(3, () => 0);
  expect([0, 1, 2, 3, 4].map((inFlight) => circuit.room(inFlight))).toEqual([3, 2, 1, 0, 0]);
  expect(circuit.pauseMs()).toBeNull();
});

test('after a fault one probe at a time is let through, with doubling pauses up to five seconds', () => {
  let now = 1000;
  const circuit = createCircuit(24, () => now);
  const pauses: number[] = [];
  for (let round = 0; round < 8; round++) {
    circuit.failed();
    circuit.failed();
    expect(circuit.room(0)).toBe(0);
    const pause = circuit.pauseMs() ?? -1;
    pauses.push(pause);
    now += pause - 1;
    expect(circuit.room(0)).toBe(0);
    now += 1;
    expect([circuit.room(0), circuit.room(1)]).toEqual([1, 0]);
  }
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
  circuit.succeeded();
  expect(circuit.room(0)).toBe(24);
});
