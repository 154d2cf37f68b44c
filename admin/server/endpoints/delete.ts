import { z } from 'zod';
import { askIncident } from '../incidents/ask-incident.ts';
import { changing, type Change } from '../transaction.ts';
import { IdInput } from '../ids.ts';
import { defineVerb } from '../verb.ts';
import { findEndpoint } from './find.ts';
import { asInput, type EndpointRow } from './present.ts';

export const DELETED_INCIDENTS = z
  .enum(['close', 'keep'], 'must be close or keep')
  .default('keep')
  .meta({ description: 'Whether open incidents of what is deleted are closed with a note, or stay.' });

export const DeleteEndpointQuery = z.strictObject({ incidents: DELETED_INCIDENTS });

/**
 * Softly: the URL answers 404 at once, accepted webhooks still settle, history stays readable. With `incidents=close` each
 * open ticket gets an order to close with a note; the bell raised here is rung even while Temporal is away.
 */
export const deleteEndpoint = defineVerb({
  name: 'endpoint.delete',
  role: 'admin',
  input: z.object({ id: IdInput, query: DeleteEndpointQuery }),
  run: (context, { id, query: { incidents } }): Promise<void> =>
    changing(context, async (change) => {
      const row = await findEndpoint(change.tx, id, 'lock');
      await removeEndpoint(change, row, incidents);
      if (incidents === 'keep') return;
      const open = await change.tx.query<{ id: string }>(
        `select id from incident where endpoint_id = $1 and phase not in ('closed', 'abandoned') order by id for update`,
        [id],
      );
      for (const incident of open.rows) {
        await askIncident(context, change, incident.id, 'close', {
          text: `The endpoint "${row.config.name}" was deleted, so its tickets are closed.`,
        });
      }
    }),
});

/** Takes a locked endpoint away, with its audit row; what becomes of its incidents is noted, not done. */
export async function removeEndpoint(change: Change, row: EndpointRow, incidents: 'close' | 'keep'): Promise<void> {
  await change.tx.query(
    'update endpoint set deleted_at = now(), deleted_incidents = $2, updated_at = now() where id = $1',
    [row.id, incidents],
  );
  await change.audit({
    action: 'delete',
    entity: 'endpoint',
    entityId: row.id,
    before: asInput(row.config),
    after: { incidents },
  });
}
