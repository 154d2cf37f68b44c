import { sha256 } from '../crypto/cipher.ts';
import { equalsConstantTime } from '../crypto/tokens.ts';
import type { Queryable } from '../database/pool.ts';
import { isRole, type Role } from './roles.ts';

/** Whom an API key stands for. `company` limits what it may see; null means no limit. */
export interface ApiKeyHolder {
  id: string;
  name: string;
  role: Role;
  scopes: string[];
  company: string | null;
}

interface KeyRow {
  id: string;
  name: string;
  role: string;
  scopes: string[];
  company: string | null;
  stale: boolean;
}

/**
 * The holder of the key in an `Authorization` header, or null when there is no good key. `masterKey` (HOOKWISE_API_KEY)
 * opens everything, whatever text it is. Other keys are found by their digest; one that is
 * revoked or over is no key.
 */
export async function checkApiKey(
  db: Queryable,
  masterKey: string | null,
  authorization: string | null | undefined,
): Promise<ApiKeyHolder | null> {
  const given = /^bearer +(.+)$/is.exec(authorization ?? '')?.[1]?.trim();
  if (!given) return null;
  const bytes = Buffer.from(given, 'latin1');
  const isMaster =
    masterKey !== null && [equalsConstantTime(bytes, masterKey), equalsConstantTime(given, masterKey)].includes(true);
  if (isMaster) return { id: 'environment', name: 'HOOKWISE_API_KEY', role: 'admin', scopes: [], company: null };
  const found = await db.query<KeyRow>(
    `select id, name, role, scopes, company, coalesce(last_used_at < now() - interval '1 minute', true) as stale
     from api_key where digest = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
    [sha256(bytes)],
  );
  const row = found.rows[0];
  if (!row || !isRole(row.role)) return null;
  if (row.stale) await db.query('update api_key set last_used_at = now() where id = $1', [row.id]);
  return { id: row.id, name: row.name, role: row.role, scopes: row.scopes, company: row.company };
}
