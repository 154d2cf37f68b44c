'use server';

import { act } from '../../../../lib/act.ts';
import { createApiKey, revokeApiKey } from '../../../../server/api-keys/verbs.ts';

export async function makeKey(body: unknown) {
  return act(createApiKey, { body });
}

export async function endKey(id: string) {
  return act(revokeApiKey, { id });
}
