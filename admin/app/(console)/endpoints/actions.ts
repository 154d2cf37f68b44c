'use server';

import { act } from '../../../lib/act.ts';
import { createEndpoint } from '../../../server/endpoints/create.ts';
import { deleteEndpoint } from '../../../server/endpoints/delete.ts';
import { patchEndpoint } from '../../../server/endpoints/patch.ts';
import { rotateToken } from '../../../server/endpoints/rotate-token.ts';
import { testEndpoint } from '../../../server/endpoints/test.ts';

export async function makeEndpoint(body: unknown, recipe: string | null) {
  return act(createEndpoint, { body, query: recipe === null ? {} : { recipe } });
}

export async function saveEndpoint(id: string, body: unknown) {
  return act(patchEndpoint, { id, body });
}

export async function removeEndpoint(id: string, incidents: 'close' | 'keep') {
  return act(deleteEndpoint, { id, query: { incidents } });
}

export async function newToken(id: string, overlapSeconds: number) {
  return act(rotateToken, { id, body: { overlapSeconds } });
}

export async function sendTest(id: string, status: 0 | 1) {
  return act(testEndpoint, { id, body: { status } });
}
