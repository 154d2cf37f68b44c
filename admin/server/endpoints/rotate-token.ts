import { openEndpointSecrets, rotatedSecret, sealEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { z } from 'zod';
import { createToken } from '../../../infra/crypto/tokens.ts';
import { conflict } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { findEndpoint } from './find.ts';

const OVERLAP_SECONDS = 600;

export const RotateTokenInput = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(OVERLAP_SECONDS)
    .meta({ description: 'How long the old token still opens.' }),
});

/** A new token; the old one opens for the overlap, so that senders can be changed one by one. Throws `conflict` where no bearer is asked for. */
export const rotateToken = defineVerb({
  name: 'endpoint.rotate-token',
  role: 'admin',
  input: z.object({ id: IdInput, body: RotateTokenInput }),
  run: (context, { id, body: { overlapSeconds } }): Promise<{ token: string; oldTokenUntil: string | null }> =>
    changing(context, async ({ tx, audit }) => {
      const row = await findEndpoint(tx, id, 'lock');
      const bearer = row.config.verification.find((entry) => entry.type === 'bearer');
      if (!bearer) throw conflict('This endpoint asks for no bearer token.');
      const secrets = openEndpointSecrets(context.cipher, id, row.secrets_cipher);
      const before = secrets[bearer.secretId];
      const token = createToken();
      const oldTokenUntil =
        before === undefined || overlapSeconds === 0
          ? null
          : new Date(Date.now() + overlapSeconds * 1000).toISOString();
      secrets[bearer.secretId] = rotatedSecret(before, token, oldTokenUntil);
      await tx.query('update endpoint set secrets_cipher = $2, updated_at = now() where id = $1', [
        id,
        sealEndpointSecrets(context.cipher, id, secrets),
      ]);
      await audit({ action: 'rotate-token', entity: 'endpoint', entityId: id, after: { oldTokenUntil } });
      return { token, oldTokenUntil };
    }),
});
