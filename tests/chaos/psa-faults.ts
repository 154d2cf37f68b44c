import type { SimulatorProcess } from '../../infra/bench/simulator-process.ts';
import type { StormIncident } from './storm-plan.ts';

/** One way in which a ticket system fails a single request, as a rule of the simulator. */
interface Fault {
  name: string;
  on: 'createTicket' | 'addNote' | 'patchTicket' | 'listTickets' | 'readTicket';
  kind: string;
  retryAfterSeconds?: number;
}

/** Each strikes once for the incident it falls to. */
const FAULTS: readonly Fault[] = [
  { name: 'reply of a creation lost', on: 'createTicket', kind: 'drop-after-commit' },
  { name: 'creation hangs after it was done', on: 'createTicket', kind: 'black-hole-after-commit' },
  { name: 'creation hangs', on: 'createTicket', kind: 'black-hole' },
  { name: 'creation answers 500', on: 'createTicket', kind: 'error-before-commit' },
  { name: 'creation answers 500 though it was done', on: 'createTicket', kind: 'error-after-commit' },
  { name: 'creation answers an HTML page though it was done', on: 'createTicket', kind: 'html-after-commit' },
  { name: 'creation answers 429', on: 'createTicket', kind: 'too-many', retryAfterSeconds: 1 },
  { name: 'creation answers half a JSON', on: 'createTicket', kind: 'cut-json-after-commit' },
];

/** These strike any request of their kind with a small probability, for as long as the storm lasts. */
const DRIZZLE: readonly (Fault & { probability: number })[] = [
  { name: 'reply of a note lost', on: 'addNote', kind: 'drop-after-commit', probability: 0.03 },
  { name: 'note answers 500', on: 'addNote', kind: 'error-before-commit', probability: 0.03 },
  { name: 'reply of a change lost', on: 'patchTicket', kind: 'drop-after-commit', probability: 0.1 },
  { name: 'change answers 200 and is not done', on: 'patchTicket', kind: 'false-200', probability: 0.2 },
  { name: 'search answers 429', on: 'listTickets', kind: 'too-many', probability: 0.03, retryAfterSeconds: 1 },
  { name: 'search answers an HTML page', on: 'listTickets', kind: 'html-after-commit', probability: 0.03 },
  { name: 'reading hangs', on: 'readTicket', kind: 'black-hole', probability: 0.005 },
];

/** Seconds for which a new ticket cannot be found by searching; below `PSA_LAG_BUDGET`, as configured. */
const LIST_LAG_SECONDS = 2;

/** Gives every incident one of the faults of a creation, and all of them a drizzle of the others. */
export async function armEveryFault(simulator: SimulatorProcess, incidents: readonly StormIncident[]): Promise<void> {
  const own = incidents.flatMap((incident, at) => {
    const fault = FAULTS[at % FAULTS.length];
    return fault ? [{ on: fault.on, kind: fault.kind, contains: incident.name, times: 1, ...retryAfter(fault) }] : [];
  });
  const drizzle = DRIZZLE.map((fault) => ({
    on: fault.on,
    kind: fault.kind,
    probability: fault.probability,
    ...retryAfter(fault),
  }));
  await simulator.control('faults', { modes: { listLagSeconds: LIST_LAG_SECONDS }, add: [...own, ...drizzle] });
}

const retryAfter = ({ retryAfterSeconds }: Fault) => (retryAfterSeconds === undefined ? {} : { retryAfterSeconds });

/** The ticket system goes away before the storm and comes back after `forMs`. */
export function away(mode: 'refuse' | 'maintenance', forMs: number): (simulator: SimulatorProcess) => Promise<void> {
  return async (simulator) => void (await simulator.control('down', { mode, forMs }));
}
