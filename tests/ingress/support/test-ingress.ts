import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { readConfig } from '../../../infra/config/index.ts';
import { createCipher, parseEncryptionKey, sha256, type Cipher } from '../../../infra/crypto/cipher.ts';
import { sealEndpointSecrets, type KeptSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { createEndpointKey } from '../../../infra/crypto/tokens.ts';
import { openRaw } from '../../../infra/crypto/webhook-raw.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { shardOf } from '../../../infra/database/shard.ts';
import { startIngress, type Ingress } from '../../../ingress/ingress.ts';
import { SERVER_LIMITS, type ServerLimits } from '../../../ingress/http-server.ts';
import { freePort } from '../../../infra/stack/ports.ts';
import { aConfig } from '../../support/builders.ts';

export const ENCRYPTION_KEY = randomBytes(32).toString('base64url');

/** One ingress of this process on a port of its own, without a dispatcher, and what a test asks of it. */
export interface TestIngress {
  url: string;
  pool: Pool;
  cipher: Cipher;
  ingress: Ingress;
  stop(): Promise<void>;
}

export interface TestEndpoint {
  id: string;
  key: string;
  url: string;
  token: string;
}

export async function startTestIngress(
  databaseUrl: string,
  environment: Record<string, string> = {},
  limits: Partial<ServerLimits> = {},
): Promise<TestIngress> {
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY,
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    TEMPORAL_PORT: '1',
    ...environment,
  });
  const log = pino({ level: process.env['INGRESS_TEST_LOG'] ?? 'silent' });
  const ingress = await startIngress(config, log, null, { ...SERVER_LIMITS, ...limits });
  await ingress.ready;
  const pool = createPool(databaseUrl, { name: 'test', max: 4 });
  return {
    url: `http://127.0.0.1:${ingress.port}`,
    pool,
    cipher: createCipher(parseEncryptionKey(ENCRYPTION_KEY)),
    ingress,
    async stop() {
      await ingress.stop();
      await pool.end();
    },
  };
}

/** An endpoint of a test's own, with a bearer token unless `changes` asks for other verification. */
export async function anEndpoint(
  on: TestIngress,
  changes: Partial<Omit<EndpointConfig, 'ticketing'>> = {},
  secrets: KeptSecrets = {},
): Promise<TestEndpoint> {
  const id = uuidv7();
  const key = createEndpointKey();
  const token = randomBytes(24).toString('base64url');
  const config = aConfig(changes);
  await on.pool.query(
    `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher, enabled, draft)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      config.name,
      JSON.stringify(config),
      shardOf(id),
      sha256(key),
      on.cipher.encrypt(key, `endpoint-key:${id}`),
      sealEndpointSecrets(on.cipher, id, { bearer: { value: token }, ...secrets }),
      config.enabled,
      config.draft,
    ],
  );
  return { id, key, url: `${on.url}/webhook/${key}`, token };
}

/** Posts JSON text to an endpoint with its token. */
export function post(
  endpoint: TestEndpoint,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(endpoint.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${endpoint.token}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

export interface StoredWebhook {
  id: string;
  endpoint_id: string;
  seq: number;
  source_ip: string;
  headers: string;
  raw: Buffer;
}

/** The rows of an endpoint in the inbox, bodies opened. */
export async function storedOf(on: TestIngress, endpointId: string): Promise<(StoredWebhook & { body: Buffer })[]> {
  const { rows } = await on.pool.query<StoredWebhook>(
    'select id, endpoint_id, seq, source_ip, headers, raw from webhook where endpoint_id = $1 order by seq',
    [endpointId],
  );
  return rows.map((row) => ({
    ...row,
    body: openRaw(on.cipher, { id: row.id, endpointId: row.endpoint_id }, row.raw),
  }));
}
