import type { CallBudget } from '../call-budget.ts';
import { TicketSystemError, type TicketSystem } from '../ticket-system.ts';
import { connectwiseAddress } from './address.ts';
import { createCatalog } from './catalog.ts';
import { check } from './check.ts';
import { converge } from './converge.ts';
import { createTicket } from './create-ticket.ts';
import { findByKey, findOpen } from './find-tickets.ts';
import { LIMITS, present, readTicket, type Psa } from './psa.ts';
import { createPsaClient } from './psa-client.ts';
import { setState } from './set-state.ts';
import { addNote, hasNote } from './ticket-notes.ts';
import { createWatch } from './watch.ts';

export interface ConnectwiseOptions {
  url: string;
  company: string;
  publicKey: string;
  privateKey: string;
  clientId: string;
  serviceBoard: string;
  statusNew: string;
  statusClosed: string;
  timeoutMs: number;
  budget: CallBudget;
  defaultCompanyId?: string | null;
}

/** A ticket system with connections to close at the end. */
export type ClosableTicketSystem = TicketSystem & { close(): Promise<void> };

/** ConnectWise PSA behind the port (facts/connectwise.md). Throws a sentence for an address that must not be used. */
export function createConnectwise(options: ConnectwiseOptions): ClosableTicketSystem {
  const address = connectwiseAddress(options.url, options.company);
  const client = createPsaClient({ ...options, ...address });
  const psa: Psa = {
    client,
    catalog: createCatalog(client),
    settings: { ...options, defaultCompanyId: options.defaultCompanyId ?? null, ticketUrl: address.ticketUrl },
  };
  let closeRefusal: string | null = null;

  return {
    describe: () => ({
      kind: 'connectwise',
      name: `ConnectWise ${options.company}`,
      keyLookup: 'lagging',
      limits: LIMITS,
    }),
    check: (signal) => check(psa, closeRefusal, signal),
    catalog: (kind, parent, signal) => psa.catalog.list(kind, parent, signal),
    findByKey: (key, signal) => findByKey(psa, key, signal),
    findOpen: (draft, signal) => findOpen(psa, draft, signal),
    create: (draft, key, signal) => createTicket(psa, draft, key, signal),
    get: async (id, signal) => {
      try {
        return present(psa, await readTicket(psa, id, signal));
      } catch (error) {
        if (error instanceof TicketSystemError && error.code === 'not-found') return null;
        throw error;
      }
    },
    addNote: (id, note, signal) => addNote(psa, id, note, signal),
    hasNote: (id, key, signal) => hasNote(psa, id, key, signal),
    setState: async (id, intent, status, signal) => {
      try {
        const ticket = await setState(psa, id, intent, status, signal);
        if (intent === 'closed') closeRefusal = null;
        return ticket;
      } catch (error) {
        if (intent === 'closed' && error instanceof TicketSystemError && error.status === 403)
          closeRefusal = error.message;
        throw error;
      }
    },
    converge: (canonical, duplicates, signal) => converge(psa, canonical, duplicates, signal),
    watch: createWatch(psa),
    close: () => client.close(),
  };
}
