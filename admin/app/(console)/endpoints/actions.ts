'use server';

import { act } from '../../../lib/act.ts';
import { changeEndpoints } from '../../../server/endpoints/bulk.ts';
import { cloneEndpoint } from '../../../server/endpoints/clone.ts';
import { createEndpoint } from '../../../server/endpoints/create.ts';
import { deleteEndpoint } from '../../../server/endpoints/delete.ts';
import { moveEndpoint } from '../../../server/endpoints/move.ts';
import { patchEndpoint } from '../../../server/endpoints/patch.ts';
import { restoreVersion } from '../../../server/endpoints/restore-version.ts';
import { rotateToken } from '../../../server/endpoints/rotate-token.ts';
import { testEndpoint } from '../../../server/endpoints/test.ts';
import { undeleteEndpoint } from '../../../server/endpoints/undelete.ts';

/** `identity`: although open incidents would not be found again. */
export type Confirm = 'identity' | undefined;

export async function makeEndpoint(body: unknown, recipe: string | null) {
  return act(createEndpoint, { body, query: recipe === null ? {} : { recipe } });
}

/** What a change is made on, and what of its consequences the person has confirmed. */
interface ChangeOn {
  confirm?: Confirm;
  expectedVersion?: number;
}

export async function saveEndpoint(id: string, body: unknown, { confirm, expectedVersion }: ChangeOn = {}) {
  const query = { ...(confirm && { confirm }), ...(expectedVersion && { expectedVersion }) };
  return act(patchEndpoint, { id, body, query });
}

export async function restoreEndpoint(id: string, version: number, { confirm, expectedVersion }: ChangeOn) {
  const query = { ...(confirm && { confirm }), ...(expectedVersion && { expectedVersion }) };
  return act(restoreVersion, { id, version: String(version), query });
}

export async function copyEndpoint(id: string) {
  return act(cloneEndpoint, { id });
}

export async function changeMany(
  action: 'pause' | 'resume' | 'delete' | 'undelete',
  ids: readonly string[],
  incidents?: 'close' | 'keep',
) {
  return act(changeEndpoints, { body: { action, ids, ...(incidents && { incidents }) } });
}

export async function placeEndpoint(id: string, after: string | null) {
  return act(moveEndpoint, { id, body: { after } });
}

export async function removeEndpoint(id: string, incidents: 'close' | 'keep') {
  return act(deleteEndpoint, { id, query: { incidents } });
}

export async function bringEndpointBack(id: string) {
  return act(undeleteEndpoint, { id });
}

export async function newToken(id: string, overlapSeconds: number) {
  return act(rotateToken, { id, body: { overlapSeconds } });
}

export async function sendTest(id: string, status: 0 | 1) {
  return act(testEndpoint, { id, body: { status } });
}
