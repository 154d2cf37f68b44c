import { ActivityFailure, defineQuery, isCancellation, proxyActivities, setHandler } from '@temporalio/workflow';
import type { CatalogActivities, ListsKept } from '../../activities/catalog/catalog.activities.ts';
import {
  BOARD_KINDS,
  CATALOG_QUERY,
  SHARED_KINDS,
  type CatalogInput,
  type CatalogProgress,
} from '../contracts/catalog.ts';
import { CATALOG } from '../policies.ts';

const { isCatalogFresh, readSharedLists, readBoardLists, forgetGoneBoards, tellCatalogProgress } =
  proxyActivities<CatalogActivities>(CATALOG);

const BOARDS_A_STEP = 5;

/** Reads the ticket system's pick lists: those of the whole system, then those of each board. What cannot be read keeps its last state. */
export async function catalogWorkflow(input: CatalogInput): Promise<CatalogProgress> {
  const reading = new Date().toISOString();
  const progress: CatalogProgress = begin(reading);
  setHandler(defineQuery<CatalogProgress>(CATALOG_QUERY), () => progress);

  if (input.youngerThanMs > 0 && (await isCatalogFresh({ now: reading, youngerThanMs: input.youngerThanMs })))
    return end(progress, 'fresh', null);
  try {
    await tellCatalogProgress(progress);
    const shared = await readSharedLists({ reading });
    count(progress, shared);
    const boards = shared.boards ?? [];
    progress.lists = SHARED_KINDS.length + boards.length * BOARD_KINDS.length;
    for (let at = 0; at < boards.length; at += BOARDS_A_STEP) {
      count(progress, await readBoardLists({ reading, boards: boards.slice(at, at + BOARDS_A_STEP) }));
      await tellCatalogProgress(progress);
    }
    if (shared.boards !== null) await forgetGoneBoards({ reading, boards });
    end(progress, shared.boards === null ? 'failed' : progress.faults.length > 0 ? 'partial' : 'complete', null);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    end(progress, 'failed', error.cause?.message ?? error.message);
  }
  await tellCatalogProgress(progress);
  return progress;
}

function begin(startedAt: string): CatalogProgress {
  return { state: 'reading', startedAt, endedAt: null, read: 0, lists: null, items: 0, faults: [], reason: null };
}

function count(progress: CatalogProgress, { read, items, faults }: ListsKept): void {
  progress.read += read;
  progress.items += items;
  progress.faults = [...progress.faults, ...faults].slice(0, 50);
}

function end(progress: CatalogProgress, state: CatalogProgress['state'], reason: string | null): CatalogProgress {
  const [fault] = progress.faults;
  return Object.assign(progress, {
    state,
    endedAt: new Date().toISOString(),
    reason: reason ?? (state === 'failed' || state === 'partial' ? (fault?.reason ?? null) : null),
  });
}
