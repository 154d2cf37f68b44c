import { z } from 'zod';
import { invalid } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { decodeCursor, toPage, type Page } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { findEndpoint } from './find.ts';
import { listChanges } from './list-changes.ts';
import { MASK } from './verification-input.ts';
import { asSent, comparable, findVersion, presentVersion, type VersionRow } from './version-rows.ts';
import { VersionQuery, type VersionDetail, type VersionDiff, type VersionView } from './version-schemas.ts';

/** Every save of an endpoint, the newest first. */
export const listVersions = defineVerb({
  name: 'endpoint.versions',
  role: 'viewer',
  input: z.object({ id: IdInput, query: VersionQuery }),
  run: async (context, { id, query: { limit, cursor } }): Promise<Page<VersionView>> => {
    const before = cursor === undefined ? null : decodeCursor(cursor, 1)?.[0];
    if (before === undefined) throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const { version } = await findEndpoint(context.pool, id);
    const { rows } = await context.pool.query<Omit<VersionRow, 'config'>>(
      `select version, saved_by, saved_at from endpoint_version
        where endpoint_id = $1 and ($2::int is null or version < $2::int) order by version desc limit $3`,
      [id, before, limit + 1],
    );
    return toPage(
      rows,
      limit,
      (row) => presentVersion(row, version),
      (row) => [String(row.version)],
    );
  },
});

export const getVersion = defineVerb({
  name: 'endpoint.version',
  role: 'viewer',
  input: z.object({ id: IdInput, version: z.string() }),
  run: async (context, { id, version }): Promise<VersionDetail> => {
    const current = await findEndpoint(context.pool, id);
    const row = await findVersion(context.pool, id, version);
    return { ...presentVersion(row, current.version), config: asSent(row.config) };
  },
});

/** What changed from one version to another. Of a secret it is said that it changed, never what it was. */
export const diffVersions = defineVerb({
  name: 'endpoint.diff',
  role: 'viewer',
  input: z.object({ id: IdInput, version: z.string(), other: z.string() }),
  run: async (context, { id, version, other }): Promise<VersionDiff> => {
    await findEndpoint(context.pool, id);
    const from = await findVersion(context.pool, id, version);
    const to = await findVersion(context.pool, id, other);
    const changes = listChanges(comparable(from.config), comparable(to.config)).map(({ path, before, after }) =>
      path.endsWith('.secretId')
        ? { path: path.replace(/Id$/, ''), before: before && MASK, after: after && MASK }
        : { path, before: withoutIds(before), after: withoutIds(after) },
    );
    return { from: from.version, to: to.version, changes };
  },
});

function withoutIds(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('secretId' in value)) return value;
  const { secretId: _, ...rest } = value;
  return 'type' in rest && rest.type === 'hmac' ? { ...rest, secret: MASK } : rest;
}
