import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { sealEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { sha256 } from '../../../infra/crypto/cipher.ts';
import { createEndpointKey } from '../../../infra/crypto/tokens.ts';
import { shardOf } from '../../../infra/database/shard.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { buildConfig } from './build-config.ts';
import { findEndpoint } from './find.ts';
import { asInput, keyContext, presentEndpoint } from './present.ts';
import type { EndpointAnswer } from './schemas.ts';
import { keepVersion } from './save.ts';
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
      const { config } = built;
      await change.tx.query(
        `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher, enabled, draft, pinned, position)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          id,
          config.name,
          JSON.stringify(config),
          shardOf(id),
          sha256(key),
          context.cipher.encrypt(key, keyContext(id)),
          sealEndpointSecrets(context.cipher, id, built.secrets),
          config.enabled,
          config.draft,
          config.pinned,
          config.position,
        ],
      );
      await keepVersion(context, change, id, 1, config);
      await change.audit({ action: 'create', entity: 'endpoint', entityId: id, after: asInput(config) });
      const answer = presentEndpoint(context, await findEndpoint(change.tx, id));
      return built.token === null ? answer : { ...answer, token: built.token };
    });
  },
});
