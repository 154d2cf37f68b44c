import { z } from 'zod';
import { writeAuditLines } from '../audit.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { changing, type Change } from '../transaction.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { findEndpoint } from './find.ts';
import { presentEndpoint } from './present.ts';
import type { EndpointAnswer } from './schemas.ts';

const KEPT_HOURS = 24;

const REASONS = {
  missing: 'There is no endpoint with this id.',
  there: 'This endpoint is not deleted.',
  late: `This endpoint was deleted more than ${KEPT_HOURS} hours ago and does not come back. Make a new one.`,
} as const;

interface DeletedRow {
  id: string;
  name: string;
  state: 'deleted' | Exclude<keyof typeof REASONS, 'missing'>;
}

/**
 * Brings back an endpoint that was deleted a short time ago, as it was: its URL, its secrets, its versions, its incidents. What
 * its senders sent meanwhile was answered 404, and incidents that the deletion closed stay closed. Throws `conflict` where it
 * is not deleted, or too long ago.
 */
export const undeleteEndpoint = defineVerb({
  name: 'endpoint.undelete',
  role: 'admin',
  input: z.object({ id: IdInput }),
  run: (context, { id }): Promise<EndpointAnswer> =>
    changing(context, async (change) => {
      const [row] = await lockDeleted(change, [id]);
      if (row === undefined) throw notFound('endpoint');
      if (row.state !== 'deleted') throw conflict(REASONS[row.state]);
      await bringBack(context, change, [row]);
      return presentEndpoint(context, await findEndpoint(change.tx, id));
    }),
});

/** The same for many: all of them or, with an `invalid` that names those that do not come back, none. */
export async function undeleteEndpoints(context: VerbContext, change: Change, ids: readonly string[]): Promise<void> {
  const rows = await lockDeleted(change, ids);
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  const faults = ids.flatMap((id, at) => {
    const state = states.get(id) ?? 'missing';
    return state === 'deleted' ? [] : [{ path: `ids.${at}`, message: REASONS[state] }];
  });
  if (faults.length > 0) throw invalid(faults);
  await bringBack(context, change, rows);
}

async function lockDeleted({ tx }: Pick<Change, 'tx'>, ids: readonly string[]): Promise<DeletedRow[]> {
  const { rows } = await tx.query<DeletedRow>(
    `select id, name, case when deleted_at is null then 'there'
                           when deleted_at < now() - make_interval(hours => $2) then 'late' else 'deleted' end as state
       from endpoint where id = any($1::uuid[]) order by id for no key update`,
    [ids, KEPT_HOURS],
  );
  return rows;
}

/** Its key is its own still: no endpoint is given the key of another, deleted or not. */
async function bringBack(
  { actor }: VerbContext,
  { tx }: Pick<Change, 'tx'>,
  rows: readonly DeletedRow[],
): Promise<void> {
  await tx.query(
    'update endpoint set deleted_at = null, deleted_incidents = null, updated_at = now() where id = any($1::uuid[])',
    [rows.map(({ id }) => id)],
  );
  const lines = rows.map(({ id, name }) => ({ entityId: id, after: { name } }));
  await writeAuditLines(
    tx,
    actor,
    lines.map((line) => ({ action: 'undelete', entity: 'endpoint', ...line })),
  );
}
