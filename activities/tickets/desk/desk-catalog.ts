import type { Pool } from '../../../infra/database/pool.ts';
import { isClosedName } from '../closed-status.ts';
import type { CatalogItem, CatalogKind } from '../ticket-system.ts';

const STATUSES = ['New', 'In Progress', 'Waiting', 'Closed', 'Completed', 'Cancelled'];
const PRIORITIES = ['Priority 1 - Critical', 'Priority 2 - High', 'Priority 3 - Medium', 'Priority 4 - Low'];
const LEVELS = ['Low', 'Medium', 'High'];
const USED = { boards: 'board', types: 'type', subtypes: 'subtype', items: 'item', companies: 'company' } as const;

/** The desk's pick lists: its own statuses and priorities, and for the rest whatever its tickets already use. */
export async function readDeskCatalog(
  pool: Pool,
  kind: CatalogKind,
  parent: string | null,
  options: { serviceBoard: string; statusNew: string; statusClosed: string },
): Promise<CatalogItem[]> {
  switch (kind) {
    case 'statuses':
      return [...new Set([options.statusNew, ...STATUSES, options.statusClosed])].map((name) => ({
        id: name,
        name,
        isClosed: isClosedName(name, [options.statusClosed]),
        isDefault: name === options.statusNew,
      }));
    case 'priorities':
      return itemsOf(PRIORITIES);
    case 'severities':
    case 'impacts':
      return itemsOf(LEVELS);
    case 'boards':
      return itemsOf([options.serviceBoard, ...(await usedValues(pool, 'board', null))]);
    case 'types':
    case 'subtypes':
    case 'items':
      return itemsOf(await usedValues(pool, USED[kind], parent));
    case 'companies':
      return itemsOf(await usedValues(pool, 'company', null));
  }
}

async function usedValues(
  pool: Pool,
  column: (typeof USED)[keyof typeof USED],
  board: string | null,
): Promise<string[]> {
  const { rows } = await pool.query(
    `select distinct ${column} as name from ticket where ${column} <> '' and length(${column}) <= 200 and ($1::text is null or board = $1) order by 1 limit 1000`,
    [board],
  );
  return rows.map((row: { name: string }) => row.name);
}

function itemsOf(names: readonly string[]): CatalogItem[] {
  return [...new Set(names)].map((name) => ({ id: name, name }));
}
