import {
  catalogReadAt,
  forgetOtherBoards,
  keepCatalogProgress,
  writeCatalogLists,
} from '../../infra/database/catalog-store.ts';
import {
  BOARD_KINDS,
  SHARED_KINDS,
  type CatalogFault,
  type CatalogKind,
  type CatalogProgress,
} from '../../workflows/contracts/catalog.ts';
import type { ActivityDeps } from '../deps.ts';
import { heartbeating } from './heartbeating.ts';
import { readLists } from './read-lists.ts';

/** Of the calls a second that the ticket system allows, a reading makes at most this part. */
const SHARE = 1 / 2;

export interface ListsKept {
  read: number;
  items: number;
  faults: CatalogFault[];
}

/** Reading the ticket system's pick lists into Postgres. Each may run twice: a list is replaced whole, once it is read whole. */
export function createCatalogActivities(deps: ActivityDeps) {
  const { pool, connection, tickets } = deps;

  const keep = (wanted: readonly { kind: CatalogKind; parent: string | null }[], reading: string) =>
    heartbeating(async (signal) => {
      const { lists, faults } = await readLists(tickets, wanted, {
        restMs: restMs(deps.settings.callsPerSecond),
        signal,
      });
      await writeCatalogLists(pool, connection, lists, reading);
      const items = lists.reduce((sum, list) => sum + list.items.length, 0);
      const boards = lists.find(({ kind }) => kind === 'boards')?.items.map(({ name }) => name) ?? null;
      return { kept: { read: lists.length, items, faults }, boards };
    });

  return {
    /** Whether the catalog was read within `youngerThanMs` of `now`. */
    isCatalogFresh: async (input: { now: string; youngerThanMs: number }): Promise<boolean> => {
      const readAt = await catalogReadAt(pool, connection);
      return readAt !== null && Date.parse(input.now) - readAt.getTime() < input.youngerThanMs;
    },

    /** Reads the lists of the whole system; `boards` is null where the boards could not be read. */
    readSharedLists: async (input: { reading: string }): Promise<ListsKept & { boards: string[] | null }> => {
      const { kept, boards } = await keep(
        SHARED_KINDS.map((kind) => ({ kind, parent: null })),
        input.reading,
      );
      return { ...kept, boards };
    },

    /** Reads the lists that these boards have of their own. */
    readBoardLists: async (input: { reading: string; boards: readonly string[] }): Promise<ListsKept> => {
      const wanted = input.boards.flatMap((parent) => BOARD_KINDS.map((kind) => ({ kind, parent })));
      return (await keep(wanted, input.reading)).kept;
    },

    /** Forgets the lists of boards that are no more. Call it after the boards and all their lists were asked for. */
    forgetGoneBoards: (input: { reading: string; boards: readonly string[] }): Promise<void> =>
      forgetOtherBoards(pool, connection, input.boards, input.reading),

    /** Keeps how far the reading is, for people to see. */
    tellCatalogProgress: async (progress: CatalogProgress): Promise<void> => {
      await keepCatalogProgress(pool, connection, progress);
      const { state, reason, faults } = progress;
      if (state === 'partial' || state === 'failed')
        deps.logger.warn({ state, reason, faults }, 'The catalog of the ticket system could not be read whole');
    },
  };
}

function restMs(callsPerSecond: number | null): number {
  return callsPerSecond === null ? 0 : 1000 / (callsPerSecond * SHARE);
}

export type CatalogActivities = ReturnType<typeof createCatalogActivities>;
