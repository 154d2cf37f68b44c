import type {
  EndpointConfig,
  MaintenancePolicy,
  MaintenanceWindow,
} from '../../workflows/contracts/endpoint-config.ts';
import type { TenantMapping } from '../../workflows/domain/tenant-map.ts';
import type { Queryable } from './pool.ts';

/** An endpoint as its row has it. `config` is complete and without secrets; it holds under `version`. */
export interface EndpointRow {
  id: string;
  name: string;
  config: EndpointConfig;
  version: number;
  shard: number;
  /** Encrypted key of the URL; context `endpoint-key:<id>`. */
  keyCipher: Buffer;
  /** As `sealEndpointSecrets` of `infra/crypto` made it. */
  secretsCipher: Buffer;
  enabled: boolean;
  draft: boolean;
  deletedAt: Date | null;
}

/** What a row found by the key of a URL says besides: an old key ends at `until`. */
export interface EndpointByKey extends EndpointRow {
  until: Date | null;
}

const COLUMNS = `id, name, config, version, shard, key_cipher as "keyCipher", secrets_cipher as "secretsCipher", enabled, draft, deleted_at as "deletedAt"`;

/** The endpoint, not deleted, that the SHA-256 of a URL's key names now, be it the present key or an old one still valid at `now`. */
export async function loadEndpointByKeyDigest(db: Queryable, digest: Buffer, now: Date): Promise<EndpointByKey | null> {
  const { rows } = await db.query<EndpointByKey>({
    name: 'endpoint-by-key',
    text: `select ${COLUMNS}, case when key_digest = $1 then null else old_key_until end as until
             from endpoint where (key_digest = $1 or (old_key_digest = $1 and old_key_until > $2)) and deleted_at is null`,
    values: [digest, now],
  });
  return rows[0] ?? null;
}

/** Endpoints by id, deleted ones too, for their accepted webhooks still settle. */
export async function loadEndpoints(db: Queryable, ids: readonly string[]): Promise<EndpointRow[]> {
  const { rows } = await db.query<EndpointRow>({
    name: 'endpoints-by-id',
    text: `select ${COLUMNS} from endpoint where id = any($1::uuid[])`,
    values: [ids],
  });
  return rows;
}

/** The configuration an endpoint had under one of its versions, or null when it is not kept. */
export async function loadEndpointVersion(db: Queryable, id: string, version: number): Promise<EndpointConfig | null> {
  const { rows } = await db.query<{ config: EndpointConfig }>(
    'select config from endpoint_version where endpoint_id = $1 and version = $2',
    [id, version],
  );
  return rows[0]?.config ?? null;
}

/** Global settings that decide; every other setting is in `all`, by key. */
export interface Settings {
  maintenanceMode: boolean;
  maintenancePolicy: MaintenancePolicy;
  /** Names of keys that are masked besides the built-in ones. */
  maskingWords: readonly string[];
  all: Readonly<Record<string, unknown>>;
}

/** The settings as saved, with the defaults of those that decide. */
export async function loadSettings(db: Queryable): Promise<Settings> {
  const { rows } = await db.query<{ key: string; value: unknown }>('select key, value from setting');
  const all = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  return {
    maintenanceMode: all['maintenanceMode'] === true,
    maintenancePolicy: all['maintenancePolicy'] === 'hold' ? 'hold' : 'skip',
    maskingWords: Array.isArray(all['maskingWords']) ? all['maskingWords'].map(String) : [],
    all,
  };
}

/** The global maintenance windows. */
export async function loadMaintenanceWindows(
  db: Queryable,
): Promise<{ id: string; name: string; window: MaintenanceWindow }[]> {
  const { rows } = await db.query<{ id: string; name: string; window: MaintenanceWindow }>(
    'select id, name, config as window from maintenance_window order by created_at, id',
  );
  return rows;
}

/** The global tenant map, in the order of its names. */
export async function loadTenantMappings(db: Queryable): Promise<TenantMapping[]> {
  const { rows } = await db.query<TenantMapping>(
    'select tenant, company_id as "companyId" from tenant_mapping order by lower(tenant)',
  );
  return rows;
}

/** Rises with every change of an endpoint, a setting, a window or a mapping; a NOTIFY on `CONFIG_CHANNEL` goes with it. */
export async function configVersion(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ version: number }>({
    name: 'config-version',
    text: 'select version from config_version',
  });
  return rows[0]?.version ?? 0;
}

export const CONFIG_CHANNEL = 'hookwise_config';
