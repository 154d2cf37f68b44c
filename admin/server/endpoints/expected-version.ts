import type { Queryable } from '../../../infra/database/pool.ts';
import { VerbError } from '../errors.ts';
import type { EndpointRow } from './present.ts';

/**
 * Throws `conflict`, with who saved what stands there now, unless `row` is at the version that the sender's change was made
 * on. Nothing expected fits always.
 */
export async function requireVersion(db: Queryable, row: EndpointRow, expected: number | undefined): Promise<void> {
  const { id, version } = row;
  if (expected === undefined || expected === version) return;
  const { rows } = await db.query<{ saved_by: string; saved_at: Date }>(
    'select saved_by, saved_at from endpoint_version where endpoint_id = $1 and version = $2',
    [id, version],
  );
  const savedBy = rows[0]?.saved_by ?? null;
  const whose = savedBy === null ? 'It was saved meanwhile' : `${savedBy} saved it meanwhile`;
  throw new VerbError(
    'conflict',
    `${whose}: version ${version} holds now, this change was made on version ${expected}. Nothing was changed. Read it anew, then make the change again.`,
    { details: { reason: 'version', version, savedBy, savedAt: rows[0]?.saved_at.toISOString() ?? null } },
  );
}
