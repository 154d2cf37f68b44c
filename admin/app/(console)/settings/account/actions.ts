'use server';

import { act } from '../../../../lib/act.ts';
import { removePasskey, renamePasskey } from '../../../../server/users/passkeys.ts';
import { endSession, endSessions } from '../../../../server/users/sessions.ts';

export async function endMine(session: string) {
  return act(endSession, { id: 'me', session });
}

export async function endMyOthers() {
  return act(endSessions, { id: 'me' });
}

export async function namePasskey(passkey: string, body: unknown) {
  return act(renamePasskey, { id: 'me', passkey, body });
}

export async function dropPasskey(passkey: string) {
  return act(removePasskey, { id: 'me', passkey });
}
