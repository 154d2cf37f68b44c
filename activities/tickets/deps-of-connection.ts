import type { ActivityDeps } from '../deps.ts';
import { TicketSystemError, type TicketSystem } from './ticket-system.ts';

/**
 * What a step of an incident uses: its tickets stay with the connection that made them, also when the installation has another
 * one by now. Ids mean nothing across ticket systems, so one that is not set up any more is out of reach, never another's.
 */
export function depsOf(deps: ActivityDeps, connection: string): ActivityDeps {
  if (connection === deps.connection) return deps;
  const elsewhere = deps.elsewhere?.get(connection);
  return { ...deps, connection, tickets: elsewhere ?? outOfReach(connection) };
}

/** A ticket system whose settings are gone: nothing can be asked of it until they are back. */
function outOfReach(connection: string): TicketSystem {
  const words = `The tickets of this incident are in "${connection}", which is not set up any more. Set its variables (for connectwise: CW_URL and the others) and start again.`;
  const refuse = async (): Promise<never> => {
    throw new TicketSystemError('connection-refused-us', words, { effect: 'none' });
  };
  return {
    describe: () => ({
      kind: 'desk',
      name: `${connection} (not set up)`,
      keyLookup: 'lagging',
      limits: { summary: 100, note: 1_000 },
    }),
    check: async () => [{ level: 'fault', text: words }],
    catalog: refuse,
    findByKey: refuse,
    findOpen: refuse,
    create: refuse,
    get: refuse,
    addNote: refuse,
    hasNote: refuse,
    setState: refuse,
    converge: refuse,
  };
}
