'use server';

import { act } from '../../../../lib/act.ts';
import { createUser } from '../../../../server/users/create.ts';
import { deleteUser } from '../../../../server/users/delete.ts';
import { patchUser } from '../../../../server/users/patch.ts';
import { resetPassword } from '../../../../server/users/reset-password.ts';
import { endSessions } from '../../../../server/users/sessions.ts';

export async function makePerson(body: unknown) {
  return act(createUser, { body });
}

export async function savePerson(id: string, body: unknown) {
  return act(patchUser, { id, body });
}

export async function removePerson(id: string) {
  return act(deleteUser, { id });
}

export async function newPassword(id: string, body: unknown) {
  return act(resetPassword, { id, body });
}

export async function endAllSessions(id: string) {
  return act(endSessions, { id });
}
