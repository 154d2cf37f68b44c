'use server';

import { act } from '../../../../lib/act.ts';
import { endSession, endSessions } from '../../../../server/users/sessions.ts';

export async function endMine(session: string) {
  return act(endSession, { id: 'me', session });
}

export async function endMyOthers() {
  return act(endSessions, { id: 'me' });
}
