import { sha256 } from '../../../infra/crypto/cipher.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import { ENDPOINT_COLUMNS, type EndpointRow } from '../endpoints/present.ts';
import { idsGivenTwice, type DesiredEndpoint } from './desired.ts';
import type { FieldFault } from '../errors.ts';

/** An endpoint that is there, with the digests of its present and old key. */
export interface StoredEndpoint extends EndpointRow {
  key_digest: Buffer;
  old_key_digest: Buffer | null;
}

/** Whoever has a key now or had it; deleted endpoints too. */
export interface KeyOwner {
  id: string;
  isDeleted: boolean;
}

/** All endpoints that are not deleted, by id; `lock` holds them until the transaction ends. */
export async function readStoredEndpoints(db: Queryable, lock: boolean): Promise<StoredEndpoint[]> {
  const found = await db.query<StoredEndpoint>(
    `select ${ENDPOINT_COLUMNS}, e.key_digest, e.old_key_digest from endpoint e where e.deleted_at is null order by e.id${lock ? ' for update of e' : ''}`,
  );
  return found.rows;
}

/** Of these keys, those that an endpoint has or had. */
export async function readKeyOwners(db: Queryable, keys: readonly string[]): Promise<Map<string, KeyOwner[]>> {
  const digests = new Map(keys.map((key) => [sha256(key).toString('hex'), key]));
  const found = await db.query<{ id: string; deleted: boolean; now: string; old: string | null }>(
    `select id, deleted_at is not null as deleted, encode(key_digest, 'hex') as now, encode(old_key_digest, 'hex') as old
     from endpoint where key_digest = any($1) or old_key_digest = any($1)`,
    [[...digests.keys()].map((digest) => Buffer.from(digest, 'hex'))],
  );
  const owners = new Map<string, KeyOwner[]>();
  for (const row of found.rows) {
    for (const digest of [row.now, row.old ?? '']) {
      const key = digests.get(digest);
      if (key !== undefined) owners.set(key, [...(owners.get(key) ?? []), { id: row.id, isDeleted: row.deleted }]);
    }
  }
  return owners;
}

/** Which of these ids a deleted endpoint has: they cannot be given again. */
export async function readDeletedIds(db: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const found = await db.query<{ id: string }>(
    'select id from endpoint where deleted_at is not null and id = any($1::uuid[])',
    [ids],
  );
  return new Set(found.rows.map(({ id }) => id));
}

/**
 * Which stored endpoint each desired one means: by key where that was asked, else by id, else by name. Each is meant once;
 * what is doubtful is a fault with its place.
 */
export function matchEndpoints(
  stored: readonly StoredEndpoint[],
  desired: readonly DesiredEndpoint[],
): { matches: Map<DesiredEndpoint, StoredEndpoint>; faults: FieldFault[] } {
  const matches = new Map<DesiredEndpoint, StoredEndpoint>();
  const faults: FieldFault[] = [];
  const taken = new Set<string>();
  const take = (wish: DesiredEndpoint, row: StoredEndpoint | undefined) => {
    if (!row) return;
    if (taken.has(row.id)) {
      return void faults.push({
        path: `${wish.place}.id`,
        message: 'This endpoint stands twice in the file. Take one of the two away.',
      });
    }
    taken.add(row.id);
    matches.set(wish, row);
  };
  const byKey = new Map(stored.map((row) => [row.key_digest.toString('hex'), row]));
  const byId = new Map(stored.map((row) => [row.id, row]));
  for (const wish of desired) {
    if (wish.matchByKey && !wish.key.keep) take(wish, byKey.get(sha256(wish.key.value).toString('hex')));
    else if (wish.id !== null) take(wish, byId.get(wish.id));
  }
  faults.push(...idsGivenTwice(desired.filter((wish) => !matches.has(wish))));
  const seen = new Set<string>();
  for (const wish of desired) {
    if (matches.has(wish) || (wish.matchByKey && !wish.key.keep)) continue;
    const fitting = stored.filter((row) => row.config.name === wish.name && !taken.has(row.id));
    if (wish.id === null && seen.has(wish.name))
      faults.push({
        path: `${wish.place}.name`,
        message: 'This name stands twice without an id. Give each its id or another name.',
      });
    else if (fitting.length > 1)
      faults.push({
        path: `${wish.place}.name`,
        message: `${fitting.length} endpoints have this name. Give the id of the one that is meant.`,
      });
    else take(wish, fitting[0]);
    seen.add(wish.name);
  }
  return { matches, faults };
}
