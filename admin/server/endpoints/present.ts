import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { roleIncludes } from '../../../infra/auth/roles.ts';
import type { FieldFault } from '../errors.ts';
import type { VerbContext } from '../verb.ts';
import type { EndpointAnswer, EndpointInput } from './schemas.ts';
import { MASK } from './verification-input.ts';

/** A row of `endpoint` with what was last seen of it. */
export interface EndpointRow {
  id: string;
  config: EndpointConfig;
  version: number;
  key_cipher: Buffer;
  secrets_cipher: Buffer;
  created_at: Date;
  updated_at: Date;
  last_seen_at: Date | null;
  /** Of the version that was checked last, which may be an older one. */
  health: { version: number; problems: FieldFault[]; checkedAt: string } | null;
}

export const ENDPOINT_COLUMNS = `e.id, e.config, e.version, e.key_cipher, e.secrets_cipher, e.created_at, e.updated_at,
  (select last_seen_at from endpoint_seen s where s.endpoint_id = e.id) as last_seen_at,
  (select jsonb_build_object('version', h.version, 'problems', h.problems, 'checkedAt', h.checked_at)
   from endpoint_health h where h.endpoint_id = e.id) as health`;

/** An endpoint as it leaves the server: secrets masked; the URL, which is a secret too, only for those who may operate. */
export function presentEndpoint(context: VerbContext, row: EndpointRow): EndpointAnswer {
  const key = roleIncludes(context.actor.role, 'operator')
    ? context.cipher.decrypt(row.key_cipher, keyContext(row.id)).toString()
    : MASK;
  const health = row.health?.version === row.version ? row.health : null;
  return {
    id: row.id,
    url: webhookUrl(context, key),
    ...asInput(row.config),
    version: row.version,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    problems: health?.problems ?? [],
    checkedAt: health === null ? null : new Date(health.checkedAt).toISOString(),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Settings that configurations saved by an earlier version lack. */
const LATER_TICKETING = {
  tenantPaths: [],
  outagePolicy: 'both' as const,
  flapChanges: 0,
  flapMinutes: 10,
  flapCalmMinutes: 10,
};

/** The configuration as one would send it, secrets masked. */
export function asInput(config: EndpointConfig): EndpointInput {
  return {
    ...config,
    heartbeat: { cron: null, timezone: 'UTC', graceMinutes: 30, ...config.heartbeat },
    ticketing: { ...LATER_TICKETING, ...config.ticketing },
    verification: config.verification.map((entry) => {
      if (entry.type === 'ip') return entry;
      const { secretId: _, ...shown } = entry;
      return shown.type === 'hmac' ? { ...shown, secret: MASK } : shown;
    }),
  };
}

export function webhookUrl(context: VerbContext, key: string): string {
  return `${context.config.PUBLIC_URL}/webhook/${key}`;
}

export function keyContext(endpointId: string): string {
  return `endpoint-key:${endpointId}`;
}
