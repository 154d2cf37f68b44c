/** Reading the ticket system's catalog: started by a schedule of the same name, by a worker that finds it old, and by people. */
export const CATALOG_WORKFLOW = 'catalogWorkflow';
export const CATALOG_SCHEDULE = 'catalog';
/** Id of the readings that processes and people ask for: who asks while one is under way joins it. */
export const CATALOG_WORKFLOW_ID = 'catalog';
/** Answers the reading's `CatalogProgress`. */
export const CATALOG_QUERY = 'catalog';

/** Pick lists of the whole system, and those that each board has of its own. */
export const SHARED_KINDS = ['boards', 'priorities', 'severities', 'impacts', 'companies'] as const;
export const BOARD_KINDS = ['statuses', 'types', 'subtypes', 'items'] as const;
export const CATALOG_KINDS = [...SHARED_KINDS, ...BOARD_KINDS] as const;
export type CatalogKind = (typeof CATALOG_KINDS)[number];

export interface CatalogItem {
  /** What the system calls it; of a company its identifier, which is what a draft's `companyId` names. */
  id: string;
  name: string;
  /** Only for statuses. */
  isClosed?: boolean;
  isDefault?: boolean;
}

/** A reading is left out where the catalog was read within `youngerThanMs`; 0 always reads. */
export interface CatalogInput {
  youngerThanMs: number;
}

/** A list that could not be read, with the system's own words; what was read of it before stays. */
export interface CatalogFault {
  kind: CatalogKind;
  parent: string | null;
  reason: string;
}

/** How far a reading is, kept on the connection. `partial`: some lists could not be read. Instants are ISO. */
export interface CatalogProgress {
  state: 'reading' | 'fresh' | 'complete' | 'partial' | 'failed';
  startedAt: string;
  endedAt: string | null;
  /** Lists read so far and in all; `lists` is null while the boards are not known. */
  read: number;
  lists: number | null;
  items: number;
  faults: CatalogFault[];
  reason: string | null;
}
