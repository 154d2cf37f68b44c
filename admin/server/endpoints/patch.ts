import { z } from 'zod';
import { openEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { invalid } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { buildConfig } from './build-config.ts';
import { findEndpoint } from './find.ts';
import { mergePatch } from './merge-patch.ts';
import { asInput, presentEndpoint } from './present.ts';
import type { EndpointAnswer } from './schemas.ts';
import { saveEndpoint } from './save.ts';
import { withOurSpellings } from './spellings.ts';

/** Changes what is sent: objects are merged at every depth, lists replaced, a masked secret kept. Holds from the next webhook on. */
export const patchEndpoint = defineVerb({
  name: 'endpoint.patch',
  role: 'admin',
  input: z.object({ id: IdInput, body: z.unknown() }),
  run: (context, { id, body }): Promise<EndpointAnswer> => {
    const patch = withOurSpellings(body);
    if (typeof patch !== 'object' || patch === null || Array.isArray(patch))
      throw invalid([{ path: '', message: 'must be an object' }]);
    return changing(context, async (change) => {
      const row = await findEndpoint(change.tx, id, 'lock');
      const before = asInput(row.config);
      const secrets = openEndpointSecrets(context.cipher, id, row.secrets_cipher);
      const built = buildConfig(mergePatch(before, patch), { verification: row.config.verification, secrets });
      await saveEndpoint(context, change, id, row.version + 1, built);
      await change.audit({ action: 'patch', entity: 'endpoint', entityId: id, before, after: asInput(built.config) });
      const answer = presentEndpoint(context, await findEndpoint(change.tx, id));
      return built.token === null ? answer : { ...answer, token: built.token };
    });
  },
});
