import { v7 as uuidv7 } from 'uuid';
import { sha256, type Cipher } from '../crypto/cipher.ts';
import { sealEndpointSecrets } from '../crypto/endpoint-secrets.ts';
import { createEndpointKey, createToken } from '../crypto/tokens.ts';
import type { Queryable } from '../database/pool.ts';
import { shardOf } from '../database/shard.ts';
import { seedEndpoint } from './endpoint-config.ts';
import type { SeedRun } from './size.ts';

const CUSTOMERS = [
  'Alpen Hotels',
  'Donau Logistik',
  'Kern & Sohn',
  'Lindner Bau',
  'Praxis Moser',
  'Weinhof Steiner',
] as const;

/** Makes the endpoints, each with a key and a token nobody knows (rotate one to send), and answers their ids. */
export async function writeEndpoints(db: Queryable, cipher: Cipher, { size }: SeedRun): Promise<string[]> {
  const rows = Array.from({ length: size.endpoints }, (_, at) => {
    const id = uuidv7();
    const key = createEndpointKey();
    const name = `${CUSTOMERS[at % CUSTOMERS.length] ?? ''}, site ${Math.floor(at / CUSTOMERS.length) + 1}`;
    return {
      id,
      config: seedEndpoint(name, at),
      shard: shardOf(id),
      digest: sha256(key),
      key: cipher.encrypt(key, `endpoint-key:${id}`),
      secrets: sealEndpointSecrets(cipher, id, { bearer: { value: createToken() } }),
    };
  });
  await db.query(
    `with made as (
       insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher, pinned, position)
       select id, config ->> 'name', config, shard, digest, key, secrets, (config ->> 'pinned')::boolean, (config ->> 'position')::int
         from unnest($1::uuid[], $2::jsonb[], $3::smallint[], $4::bytea[], $5::bytea[], $6::bytea[]) v (id, config, shard, digest, key, secrets)
       returning id, config)
     insert into endpoint_version (endpoint_id, version, config, saved_by) select id, 1, config, 'npm run seed' from made`,
    [
      rows.map(({ id }) => id),
      rows.map(({ config }) => JSON.stringify(config)),
      rows.map(({ shard }) => shard),
      rows.map(({ digest }) => digest),
      rows.map(({ key }) => key),
      rows.map(({ secrets }) => secrets),
    ],
  );
  return rows.map(({ id }) => id);
}
