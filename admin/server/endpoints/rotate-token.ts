import {
  openEndpointSecrets,
  openOlds,
  rotatedSecret,
  sealEndpointSecrets,
  type KeptSecret,
} from '../../../infra/crypto/endpoint-secrets.ts';
import { z } from 'zod';
import { createToken } from '../../../infra/crypto/tokens.ts';
import { conflict } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { findEndpoint } from './find.ts';

const OVERLAP_SECONDS = 600;
const MOST_OLD_TOKENS = 5;

export const RotateTokenInput = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(OVERLAP_SECONDS)
    .meta({
      description:
        'How long the old token still opens. Tokens before it open until their own overlaps end; 0 ends all of them at once. ' +
        `At most ${MOST_OLD_TOKENS} old tokens open at a time: 409 beyond.`,
    }),
});

/**
 * A new token; the old one opens for the overlap, so that senders can be changed one by one, and older ones until their own
 * overlaps end. No overlap ends all of them. Throws `conflict` where no bearer is asked for and where too many still open.
 */
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
      const now = Date.now();
      const oldTokenUntil =
        before === undefined || overlapSeconds === 0 ? null : new Date(now + overlapSeconds * 1000).toISOString();
      if (before !== undefined && oldTokenUntil !== null) requireRoom(before, now);
      secrets[bearer.secretId] = rotatedSecret(before, token, { oldUntil: oldTokenUntil, now });
      await tx.query('update endpoint set secrets_cipher = $2, updated_at = now() where id = $1', [
        id,
        sealEndpointSecrets(context.cipher, id, secrets),
      ]);
      await audit({ action: 'rotate-token', entity: 'endpoint', entityId: id, after: { oldTokenUntil } });
      return { token, oldTokenUntil };
    }),
});

function requireRoom(secret: KeptSecret, now: number): void {
  const ends = openOlds(secret, now)
    .map(({ until }) => until)
    .toSorted();
  if (ends.length < MOST_OLD_TOKENS) return;
  throw conflict(
    `${ends.length} old tokens of this endpoint still open, the first until ${ends[0]}. Make a new one after that, or end all old ones at once with an overlap of 0.`,
  );
}
