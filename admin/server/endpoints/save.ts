import { sha256 } from '../../../infra/crypto/cipher.ts';
import { sealEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { shardOf } from '../../../infra/database/shard.ts';
import { actorLabel } from '../audit.ts';
import type { Change } from '../transaction.ts';
import type { VerbContext } from '../verb.ts';
import type { BuiltConfig } from './build-config.ts';
import { keyContext } from './present.ts';

/** Writes a new endpoint under `id` with the `key` of its URL, as version 1. */
export async function insertEndpoint(
  context: VerbContext,
  { tx }: Pick<Change, 'tx'>,
  { id, key, built }: { id: string; key: string; built: BuiltConfig },
): Promise<void> {
  const { config, secrets } = built;
  await tx.query(
    `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher, enabled, draft, pinned, position)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      config.name,
      JSON.stringify(config),
      shardOf(id),
      sha256(key),
      context.cipher.encrypt(key, keyContext(id)),
      sealEndpointSecrets(context.cipher, id, secrets),
      config.enabled,
      config.draft,
      config.pinned,
      config.position,
    ],
  );
  await keepVersion(context, { tx }, id, 1, config);
}

/** Writes a new state of a locked endpoint, with its version, and rings its blocked incidents: they are tried again. */
export async function saveEndpoint(
  context: VerbContext,
  { tx }: Change,
  id: string,
  version: number,
  built: BuiltConfig,
): Promise<void> {
  const { config } = built;
  await tx.query(
    `update endpoint set name = $2, config = $3, version = $4, secrets_cipher = $5, enabled = $6, draft = $7, pinned = $8, position = $9, updated_at = now()
     where id = $1`,
    [
      id,
      config.name,
      JSON.stringify(config),
      version,
      sealEndpointSecrets(context.cipher, id, built.secrets),
      config.enabled,
      config.draft,
      config.pinned,
      config.position,
    ],
  );
  await keepVersion(context, { tx }, id, version, config);
  await tx.query(
    `update incident set bell = true, bell_raised_at = now(), bell_sent_at = null, bell_rung = 0 where endpoint_id = $1 and phase = 'blocked'`,
    [id],
  );
}

/** Every save is kept, for looking back. */
export async function keepVersion(
  context: VerbContext,
  { tx }: Pick<Change, 'tx'>,
  id: string,
  version: number,
  config: object,
): Promise<void> {
  await tx.query('insert into endpoint_version (endpoint_id, version, config, saved_by) values ($1, $2, $3, $4)', [
    id,
    version,
    JSON.stringify(config),
    actorLabel(context.actor),
  ]);
}
