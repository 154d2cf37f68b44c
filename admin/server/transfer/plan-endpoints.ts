import { v7 as uuidv7 } from 'uuid';
import { openEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { createEndpointKey } from '../../../infra/crypto/tokens.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import { buildConfig, type BuiltConfig } from '../endpoints/build-config.ts';
import { removeEndpoint } from '../endpoints/delete.ts';
import { findMovedIncidents } from '../endpoints/identity-change.ts';
import { mergePatch } from '../endpoints/merge-patch.ts';
import { asInput, keyContext, webhookUrl } from '../endpoints/present.ts';
import { insertEndpoint, saveEndpoint } from '../endpoints/save.ts';
import { EndpointInput } from '../endpoints/schemas.ts';
import { invalid, VerbError, type FieldFault } from '../errors.ts';
import { checkSaved } from '../psa/check-saved.ts';
import type { VerbContext } from '../verb.ts';
import type { DesiredEndpoint } from './desired.ts';
import { differences } from './differences.ts';
import { changeKey, releaseKey } from './endpoint-keys.ts';
import type { PlannedItem } from './plan-item.ts';
import { settleSecrets } from './settle-secrets.ts';
import {
  matchEndpoints,
  readDeletedIds,
  readKeyOwners,
  readStoredEndpoints,
  type KeyOwner,
  type StoredEndpoint,
} from './stored-endpoints.ts';

interface World {
  context: VerbContext;
  owners: ReadonlyMap<string, KeyOwner[]>;
  deletedIds: ReadonlySet<string>;
}

/** What becomes of each endpoint. Throws `invalid` with every fault of every endpoint, each with its place in the file. */
export async function planEndpoints(
  context: VerbContext,
  db: Queryable,
  desired: readonly DesiredEndpoint[],
  { prune, lock }: { prune: boolean; lock: boolean },
): Promise<PlannedItem[]> {
  const stored = await readStoredEndpoints(db, lock);
  const { matches, faults } = matchEndpoints(stored, desired);
  const keys = desired.flatMap(({ key }) => (key.keep ? [] : [key.value]));
  const world: World = {
    context,
    owners: await readKeyOwners(db, keys),
    deletedIds: await readDeletedIds(
      db,
      desired.flatMap(({ id }) => id ?? []),
    ),
  };
  const planned = desired.flatMap((wish) => {
    const row = matches.get(wish);
    try {
      checkKey(wish, row, desired, world);
      return [row ? planUpdate(world, wish, row) : planCreate(world, wish)];
    } catch (error) {
      if (!(error instanceof VerbError) || error.code !== 'invalid') throw error;
      faults.push(...error.faults.map(({ path, message }): FieldFault => ({ path: placeIn(wish, path), message })));
      return [];
    }
  });
  if (faults.length > 0) throw invalid(faults);
  if (!prune) return planned;
  const kept = new Set([...matches.values()].map(({ id }) => id));
  return [...planned, ...stored.filter(({ id }) => !kept.has(id)).map(planDelete)];
}

function planCreate({ context, owners, deletedIds }: World, wish: DesiredEndpoint): PlannedItem {
  const { built } = settleSecrets(build(wish.input), wish.secrets, { verification: [], secrets: {} });
  const isIdFree = wish.id !== null && !deletedIds.has(wish.id);
  const id = isIdFree && wish.id !== null ? wish.id : uuidv7();
  const notes = [...wish.notes];
  if (wish.id !== null && !isIdFree)
    notes.push('Its id belonged to an endpoint that was deleted, so it gets a new one.');
  if (wish.key.keep) notes.push('It gets a new URL: there is no key to keep.');
  if (built.token !== null) notes.push('It gets a new bearer token: there is none to keep.');
  return {
    item: { kind: 'endpoint', action: 'create', id, name: wish.name, changes: [], notes },
    carryOut: async (change) => {
      const key = wish.key.keep ? createEndpointKey() : wish.key.value;
      await releaseKey(change, key, owners.get(key) ?? []);
      await insertEndpoint(context, change, { id, key, built });
      await change.audit({ action: 'create', entity: 'endpoint', entityId: id, after: asInput(built.config) });
      const warnings = await checkSaved(context, change.tx, { id, version: 1, config: built.config });
      return {
        url: webhookUrl(context, key),
        ...(built.token === null ? {} : { token: built.token }),
        notes: inWords(warnings),
      };
    },
  };
}

function planUpdate({ context, owners }: World, wish: DesiredEndpoint, row: StoredEndpoint): PlannedItem {
  const { id, config } = row;
  const before = asInput(config);
  const kept = {
    verification: config.verification,
    secrets: openEndpointSecrets(context.cipher, id, row.secrets_cipher),
  };
  const { built, changes: secretChanges } = settleSecrets(
    build(wish.isPatch ? mergePatch(before, wish.input) : wish.input),
    wish.secrets,
    kept,
  );
  const key = context.cipher.decrypt(row.key_cipher, keyContext(id)).toString();
  const newKey = wish.key.keep || wish.key.value === key ? null : wish.key.value;
  const changes = [
    ...differences(EndpointInput.safeParse(before).data ?? before, asInput(built.config)),
    ...secretChanges,
    ...(newKey === null ? [] : ['key']),
  ];
  const notes = [...wish.notes];
  if (built.token !== null) notes.push('It gets a new bearer token: there is none to keep.');
  if (newKey !== null) notes.push('Its URL changes; the old one answers for ten minutes more.');
  const item = { kind: 'endpoint', id, name: wish.name, changes, notes } as const;
  if (changes.length === 0) return { item: { ...item, action: 'unchanged' } };
  const version = row.version + 1;
  return {
    item: { ...item, action: 'update' },
    findMoved: (db) => findMovedIncidents(context, db, { id, before: config, after: built.config }),
    carryOut: async (change) => {
      await saveEndpoint(context, change, id, version, built);
      if (newKey !== null) await changeKey(context, change, id, newKey, owners.get(newKey) ?? []);
      await change.audit({ action: 'patch', entity: 'endpoint', entityId: id, before, after: asInput(built.config) });
      const warnings = await checkSaved(context, change.tx, { id, version, config: built.config });
      return {
        notes: inWords(warnings),
        ...(newKey === null ? {} : { url: webhookUrl(context, newKey) }),
        ...(built.token === null ? {} : { token: built.token }),
      };
    },
  };
}

function planDelete(row: StoredEndpoint): PlannedItem {
  return {
    item: {
      kind: 'endpoint',
      action: 'delete',
      id: row.id,
      name: row.config.name,
      changes: [],
      notes: ['Its URL will answer 404; its open tickets stay open.'],
    },
    carryOut: (change) => removeEndpoint(change, row, 'keep'),
  };
}

function inWords(warnings: readonly FieldFault[]): string[] {
  return warnings.map(({ path, message }) => `${path}: ${message}`);
}

function build(input: unknown): BuiltConfig {
  return buildConfig(input, { verification: [], secrets: {} });
}

function checkKey(
  wish: DesiredEndpoint,
  row: StoredEndpoint | undefined,
  all: readonly DesiredEndpoint[],
  { owners }: World,
) {
  const { key } = wish;
  if (key.keep) return;
  const isTwice = all.some((other) => other !== wish && !other.key.keep && other.key.value === key.value);
  if (isTwice)
    throw invalid([{ path: 'key', message: 'Another endpoint of this file has the same key. Give each its own.' }]);
  if ((owners.get(key.value) ?? []).some((owner) => !owner.isDeleted && owner.id !== row?.id))
    throw invalid([
      { path: 'key', message: 'Another endpoint here has this key already. Delete that one or give its id.' },
    ]);
}

function placeIn({ place }: DesiredEndpoint, path: string): string {
  return path === '' ? place : `${place}.${path}`;
}
