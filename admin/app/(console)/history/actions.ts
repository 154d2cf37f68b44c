'use server';

import { act } from '../../../lib/act.ts';
import { cancelBulkReplay, getBulkReplay } from '../../../server/history/bulk/runs.ts';
import { startBulkReplayVerb } from '../../../server/history/bulk/start.ts';
import { replayWebhook } from '../../../server/history/replay.ts';

export async function replay(id: string, rules: 'recorded' | 'today') {
  return act(replayWebhook, { id, body: { rules } });
}

/** Counts what would be replayed, or starts it. */
export async function replayAll(body: unknown) {
  return act(startBulkReplayVerb, { body });
}

export async function progressOfReplay(id: string) {
  return act(getBulkReplay, { id });
}

export async function cancelReplay(id: string) {
  return act(cancelBulkReplay, { id });
}
