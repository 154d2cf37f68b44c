'use server';

import { act } from '../../../lib/act.ts';
import { replayWebhook } from '../../../server/history/replay.ts';

export async function replay(id: string, rules: 'recorded' | 'today') {
  return act(replayWebhook, { id, body: { rules } });
}
