import { ActivityFailure, isCancellation, log, proxyActivities } from '@temporalio/workflow';
import type { PsaWatchActivities } from '../../activities/psa-callbacks/psa-watch.activities.ts';
import type { SweepEnd, SweepPage } from '../contracts/psa-watch.ts';
import { PSA_WATCH } from '../policies.ts';

const { beginSweep, sweepChanged, sweepListed, endSweep } = proxyActivities<PsaWatchActivities>(PSA_WATCH);

/** Of changes a thousand a call, of look-ups a hundred. Changes beyond are found by looking the tickets up, in the next sweeps. */
const MOST_CHANGED = 30;
const MOST_LISTED = 60;

/** Finds tickets that people closed, merged or deleted, from lists: first what changed, then what was not seen for long. */
export async function psaSweepWorkflow(): Promise<SweepEnd> {
  const now = new Date().toISOString();
  const end: SweepEnd = { tickets: 0, hinted: 0, calls: 0, isWhole: true };
  const since = await beginSweep({ now });
  if (since === null) return end;
  try {
    const isRead = await readPages(end, MOST_CHANGED, (after) => sweepChanged({ since, after }));
    const isListed = await readPages(end, MOST_LISTED, (after) => sweepListed({ now, after }));
    end.isWhole = isRead && isListed;
    await endSweep({ now });
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    log.warn('The lists of the ticket system could not be read to their end; the next sweep goes on');
    end.isWhole = false;
  }
  return end;
}

async function readPages(
  end: SweepEnd,
  most: number,
  read: (after: string | null) => Promise<SweepPage>,
): Promise<boolean> {
  let after: string | null = null;
  for (let count = 0; count < most; count += 1) {
    const page: SweepPage = await read(after);
    end.calls += 1;
    end.tickets += page.tickets;
    end.hinted += page.hinted;
    after = page.next;
    if (after === null) return true;
  }
  return false;
}
