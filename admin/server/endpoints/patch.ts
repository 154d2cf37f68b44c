import { z } from 'zod';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { IdInput } from '../ids.ts';
import { changeEndpoint, ChangeQuery } from './change-endpoint.ts';
import { draftConfig } from './draft-config.ts';
import { requireVersion } from './expected-version.ts';
import { findEndpoint } from './find.ts';
import type { EndpointAnswer } from './schemas.ts';

/**
 * Changes what is sent: objects are merged at every depth, lists replaced, a masked secret kept. Holds from the next webhook
 * on. Throws `conflict` where open incidents would get another identity and that is not confirmed, and where
 * another version holds than the expected one.
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
      return changeEndpoint(context, change, { row, built }, { action: 'patch', confirm });
    }),
});
