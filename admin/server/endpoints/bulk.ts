import { z } from 'zod';
import { writeAuditLines } from '../audit.ts';
import { askIncident } from '../incidents/ask-incident.ts';
import { changing, type Change } from '../transaction.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { DELETED_INCIDENTS } from './delete.ts';
import { lockEndpoints } from './find.ts';
import { asInput, type EndpointRow } from './present.ts';
import { switchEndpoints } from './switch-endpoints.ts';
import { undeleteEndpoints } from './undelete.ts';

export const EndpointIds = z
  .array(z.uuid('must be the id of an endpoint').toLowerCase(), 'must be a list of ids')
  .min(1, 'names no endpoint')
  .max(2_000, 'must be at most 2,000')
  .transform((ids) => [...new Set(ids)]);

export const BulkInput = z
  .strictObject({
    action: z.enum(['pause', 'resume', 'delete', 'undelete'], 'must be pause, resume, delete or undelete'),
    ids: EndpointIds,
    incidents: DELETED_INCIDENTS,
  })
  .meta({ id: 'EndpointBulk' });

export const BulkView = z
  .object({ changed: z.array(z.uuid()).meta({ description: 'Those that were not so before.' }) })
  .meta({ id: 'EndpointBulkDone' });
export type BulkView = z.output<typeof BulkView>;

/**
 * Pauses, resumes, deletes or brings back many endpoints at once: all of them or, with an `invalid` that names those not there, none. Each
 * has its audit row; what is paused or resumed has its version.
 */
export const changeEndpoints = defineVerb({
  name: 'endpoint.bulk',
  role: 'admin',
  input: z.object({ body: BulkInput }),
  run: (context, { body: { action, ids, incidents } }): Promise<BulkView> =>
    changing(context, async (change) => {
      if (action === 'undelete') {
        await undeleteEndpoints(context, change, ids);
        return { changed: ids };
      }
      const rows = await lockEndpoints(change.tx, ids);
      if (action === 'delete') await removeEndpoints(context, change, rows, incidents);
      const isOn = action === 'resume';
      const altered = action === 'delete' ? rows : rows.filter(({ config }) => config.enabled !== isOn);
      if (action !== 'delete' && altered.length > 0) await switchEndpoints(context, change, altered, isOn);
      return { changed: altered.map(({ id }) => id) };
    }),
});

async function removeEndpoints(
  context: VerbContext,
  change: Change,
  rows: readonly EndpointRow[],
  incidents: 'close' | 'keep',
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await change.tx.query(
    'update endpoint set deleted_at = now(), deleted_incidents = $2, updated_at = now() where id = any($1::uuid[])',
    [ids, incidents],
  );
  const lines = rows.map(({ id, config }) => ({ entityId: id, before: asInput(config), after: { incidents } }));
  await writeAuditLines(
    change.tx,
    context.actor,
    lines.map((line) => ({ action: 'delete', entity: 'endpoint', ...line })),
  );
  if (incidents === 'keep') return;
  const open = await change.tx.query<{ id: string; endpoint: string }>(
    `select i.id, e.name as endpoint from incident i join endpoint e on e.id = i.endpoint_id
      where i.endpoint_id = any($1::uuid[]) and i.phase not in ('closed', 'abandoned') order by i.id for update of i`,
    [ids],
  );
  for (const { id, endpoint } of open.rows)
    await askIncident(context, change, id, 'close', {
      text: `The endpoint "${endpoint}" was deleted, so its tickets are closed.`,
    });
}
