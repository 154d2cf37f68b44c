import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { createEndpointKey } from '../../../infra/crypto/tokens.ts';
import { checkSaved } from '../psa/check-saved.ts';
import { applyRecipe } from '../recipes/apply.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { buildConfig } from './build-config.ts';
import { findEndpoint } from './find.ts';
import { asInput, presentEndpoint } from './present.ts';
import type { EndpointAnswer } from './schemas.ts';
import { insertEndpoint } from './save.ts';
import { withOurSpellings } from './spellings.ts';

export const CreateEndpointQuery = z.strictObject({
  recipe: z
    .string()
    .optional()
    .meta({ description: 'Makes the endpoint of a recipe (GET /recipes); what the body says comes before it.' }),
});

/** Makes an endpoint, of a recipe if one is named, and answers it whole, with its URL and, this once, its secrets. Throws `invalid` with the place of every fault. */
export const createEndpoint = defineVerb({
  name: 'endpoint.create',
  role: 'admin',
  input: z.object({ body: z.unknown(), query: CreateEndpointQuery.default({}) }),
  run: (context, { body, query }): Promise<EndpointAnswer> => {
    const id = uuidv7();
    const key = createEndpointKey();
    const sent = withOurSpellings(body);
    const made = query.recipe === undefined ? { body: sent, secret: null } : applyRecipe(query.recipe, sent);
    const built = buildConfig(made.body, { verification: [], secrets: {} });
    return changing(context, async (change) => {
      await insertEndpoint(context, change, { id, key, built });
      await change.audit({ action: 'create', entity: 'endpoint', entityId: id, after: asInput(built.config) });
      const warnings = await checkSaved(context, change.tx, { id, version: 1, config: built.config });
      const answer = { ...presentEndpoint(context, await findEndpoint(change.tx, id)), warnings };
      return {
        ...answer,
        ...(built.token === null ? {} : { token: built.token }),
        ...(made.secret === null ? {} : { secret: made.secret }),
      };
    });
  },
});
