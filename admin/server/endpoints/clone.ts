import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { createEndpointKey, createToken } from '../../../infra/crypto/tokens.ts';
import { IdInput } from '../ids.ts';
import { checkSaved } from '../psa/check-saved.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { buildConfig } from './build-config.ts';
import { findEndpoint } from './find.ts';
import { asInput, presentEndpoint } from './present.ts';
import { insertEndpoint } from './save.ts';
import type { EndpointAnswer, EndpointInput } from './schemas.ts';

const ENDING = ' (copy)';
const LONGEST_NAME = 100;

/**
 * Makes an endpoint as another is configured, under a URL of its own. No secret is carried over: its bearer token and its
 * signing secret are new and answered this once. It starts as a draft, which plans and makes no tickets, and is not pinned.
 */
export const cloneEndpoint = defineVerb({
  name: 'endpoint.clone',
  role: 'admin',
  input: z.object({ id: IdInput }),
  run: (context, { id: source }): Promise<EndpointAnswer> =>
    changing(context, async (change) => {
      const { config } = await findEndpoint(change.tx, source);
      const { sent, secret } = copyOf(asInput(config));
      const built = buildConfig(sent, { verification: [], secrets: {} });
      const id = uuidv7();
      await insertEndpoint(context, change, { id, key: createEndpointKey(), built });
      const after = { ...asInput(built.config), clonedFrom: source };
      await change.audit({ action: 'clone', entity: 'endpoint', entityId: id, after });
      const warnings = await checkSaved(context, change.tx, { id, version: 1, config: built.config });
      return {
        ...presentEndpoint(context, await findEndpoint(change.tx, id)),
        warnings,
        ...(built.token !== null && { token: built.token }),
        ...(secret !== null && { secret }),
      };
    }),
});

/** One new signing secret stands for every signature that is checked. */
function copyOf(original: EndpointInput): { sent: EndpointInput; secret: string | null } {
  const secret = original.verification.some(({ type }) => type === 'hmac') ? createToken() : null;
  const verification = original.verification.map((entry) =>
    entry.type === 'hmac' && secret !== null ? { ...entry, secret } : entry,
  );
  const name = original.name.slice(0, LONGEST_NAME - ENDING.length) + ENDING;
  return { sent: { ...original, name, enabled: true, draft: true, pinned: false, verification }, secret };
}
