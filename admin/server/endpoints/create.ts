import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { createEndpointKey } from '../../../infra/crypto/tokens.ts';
import { checkSaved } from '../psa/check-saved.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { buildConfig } from './build-config.ts';
import { findEndpoint } from './find.ts';
import { asInput, presentEndpoint } from './present.ts';
import type { EndpointAnswer } from './schemas.ts';
import { insertEndpoint } from './save.ts';
import { withOurSpellings } from './spellings.ts';

/** Makes an endpoint and answers it whole, with its URL and, this once, its token. Throws `invalid` with the place of every fault. */
export const createEndpoint = defineVerb({
  name: 'endpoint.create',
  role: 'admin',
  input: z.object({ body: z.unknown() }),
  run: (context, { body }): Promise<EndpointAnswer> => {
    const id = uuidv7();
    const key = createEndpointKey();
    const built = buildConfig(withOurSpellings(body), { verification: [], secrets: {} });
    return changing(context, async (change) => {
      await insertEndpoint(context, change, { id, key, built });
      await change.audit({ action: 'create', entity: 'endpoint', entityId: id, after: asInput(built.config) });
      const warnings = await checkSaved(context, change.tx, { id, version: 1, config: built.config });
      const answer = { ...presentEndpoint(context, await findEndpoint(change.tx, id)), warnings };
      return built.token === null ? answer : { ...answer, token: built.token };
    });
  },
});
