import { setTimeout as rest } from 'node:timers/promises';
import type { CatalogFault, CatalogKind } from '../../workflows/contracts/catalog.ts';
import type { CatalogList } from '../../infra/database/catalog-store.ts';
import { TicketSystemError, type TicketSystem } from '../tickets/ticket-system.ts';

export interface ListsRead {
  lists: CatalogList[];
  faults: CatalogFault[];
}

/**
 * Reads lists one after another, a rest of `restMs` between them, so that tickets are never held up by a reading. A list that
 * the system refuses is a fault beside the others; what may pass (no answer, throttled) is thrown, and nothing counts as empty.
 */
export async function readLists(
  tickets: TicketSystem,
  wanted: readonly { kind: CatalogKind; parent: string | null }[],
  options: { restMs: number; signal: AbortSignal },
): Promise<ListsRead> {
  const { restMs, signal } = options;
  const lists: CatalogList[] = [];
  const faults: CatalogFault[] = [];
  for (const [at, { kind, parent }] of wanted.entries()) {
    if (at > 0 && restMs > 0) await rest(restMs, undefined, { signal });
    try {
      const items = distinct(await tickets.catalog(kind, parent, signal));
      if (kind === 'boards' && items.length === 0) faults.push({ kind, parent, reason: NO_BOARDS });
      else lists.push({ kind, parent, items });
    } catch (error) {
      if (!(error instanceof TicketSystemError) || !isRefusal(error)) throw error;
      faults.push({ kind, parent, reason: error.message });
    }
  }
  return { lists, faults };
}

const NO_BOARDS =
  'The ticket system answered a list of boards without a single board; the lists read earlier are kept. Look whether the API member may see the boards.';

function isRefusal({ code }: TicketSystemError): boolean {
  return code === 'connection-refused-us' || code === 'invalid' || code === 'not-found';
}

/** The first of each id, in the order given; entries without a name cannot be picked. */
function distinct<T extends { id: string; name: string }>(items: readonly T[]): T[] {
  const known = new Map<string, T>();
  for (const item of items) if (item.name.trim() !== '' && !known.has(item.id)) known.set(item.id, item);
  return [...known.values()];
}
