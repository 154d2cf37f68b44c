import { z } from 'zod';
import { checkSaved } from '../psa/check-saved.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { IdInput } from '../ids.ts';
import { draftConfig } from './draft-config.ts';
import { findEndpoint } from './find.ts';
import { asInput, presentEndpoint } from './present.ts';
import type { EndpointAnswer } from './schemas.ts';
import { saveEndpoint } from './save.ts';

/** Changes what is sent: objects are merged at every depth, lists replaced, a masked secret kept. Holds from the next webhook on. */
export const patchEndpoint = defineVerb({
  name: 'endpoint.patch',
  role: 'admin',
  input: z.object({ id: IdInput, body: z.unknown() }),
  run: (context, { id, body }): Promise<EndpointAnswer> =>
    changing(context, async (change) => {
      const row = await findEndpoint(change.tx, id, 'lock');
      const before = asInput(row.config);
      const built = draftConfig(context, row, body);
      await saveEndpoint(context, change, id, row.version + 1, built);
      await change.audit({ action: 'patch', entity: 'endpoint', entityId: id, before, after: asInput(built.config) });
      const warnings = await checkSaved(context, change.tx, { id, version: row.version + 1, config: built.config });
      const answer = { ...presentEndpoint(context, await findEndpoint(change.tx, id)), warnings };
      return built.token === null ? answer : { ...answer, token: built.token };
    }),
});
