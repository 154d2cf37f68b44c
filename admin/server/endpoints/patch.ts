import { z } from 'zod';
import { isSame } from '../../lib/is-same.ts';
import { checkSaved } from '../psa/check-saved.ts';
import { changing, type Change } from '../transaction.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { IdInput } from '../ids.ts';
import { changeEndpoint, ChangeQuery } from './change-endpoint.ts';
import { draftConfig } from './draft-config.ts';
import { requireVersion } from './expected-version.ts';
import { findEndpoint } from './find.ts';
import { writePlaces } from './move.ts';
import { presentEndpoint, type EndpointRow } from './present.ts';
import type { EndpointAnswer } from './schemas.ts';
import { comparable } from './version-rows.ts';

/**
 * Changes what is sent: objects are merged at every depth, lists replaced, a masked secret kept. Holds from the next webhook
 * on. What leaves the configuration as it is makes no version, and a place in lists is no part of it. Throws `conflict` where
 * open incidents would get another identity and that is not confirmed, and where another version holds than the expected one.
 */
export const patchEndpoint = defineVerb({
  name: 'endpoint.patch',
  role: 'admin',
  input: z.object({ id: IdInput, body: z.unknown(), query: ChangeQuery.default({}) }),
  run: (context, { id, body, query: { confirm, expectedVersion } }): Promise<EndpointAnswer> =>
    changing(context, async (change) => {
      const row = await findEndpoint(change.tx, id, 'lock');
      await requireVersion(change.tx, row, expectedVersion);
      const built = draftConfig(context, row, body);
      if (isSame(comparable(row.config), comparable(built.config)))
        return placeEndpoint(context, change, row, built.config.position);
      return changeEndpoint(context, change, { row, built }, { action: 'patch', confirm });
    }),
});

/** Gives a locked endpoint its position, which is all that a change leaves different, or nothing; audited where it moves. */
async function placeEndpoint(
  context: VerbContext,
  { tx, audit }: Change,
  row: EndpointRow,
  position: number,
): Promise<EndpointAnswer> {
  const { id, config } = row;
  if (config.position !== position) {
    await writePlaces(tx, [{ id, position }]);
    await audit({
      action: 'move',
      entity: 'endpoint',
      entityId: id,
      before: { position: config.position },
      after: { position },
    });
  }
  const warnings = await checkSaved(context, tx, { id, version: row.version, config });
  return { ...presentEndpoint(context, await findEndpoint(tx, id)), warnings };
}
