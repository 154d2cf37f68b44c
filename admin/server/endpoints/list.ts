import { z } from 'zod';
import { oneOfCompany } from '../company-limit.ts';
import { invalid } from '../errors.ts';
import { CursorInput, decodeCursor, LimitInput, toPage } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { ENDPOINT_COLUMNS, presentEndpoint, type EndpointRow } from './present.ts';

export const EndpointQuery = z.strictObject({
  limit: LimitInput,
  cursor: CursorInput,
  q: z.string().max(200).optional().meta({ description: 'Part of the name.' }),
});

/** Endpoints that are not deleted: pinned first, then by position, then the oldest first. */
export const listEndpoints = defineVerb({
  name: 'endpoint.list',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ query: EndpointQuery }),
  run: async (context, { query: { limit, cursor, q } }) => {
    const after = cursor === undefined ? null : decodeCursor(cursor, 4);
    if (cursor !== undefined && after === null)
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const [rest, position, createdAt, id] = after ?? [];
    const own = oneOfCompany(context, 'endpoint e', 6);
    const found = await context.pool.query<EndpointRow & { at: string }>(
      `select ${ENDPOINT_COLUMNS}, e.created_at::text as at from endpoint e
       where e.deleted_at is null and ($1::text is null or e.name ilike '%' || $1 || '%')
         and ($2::int is null or (case when e.pinned then 0 else 1 end, e.position, e.created_at, e.id) > ($2::int, $3::int, $4::timestamptz, $5::uuid))
         and ${own.where}
       order by case when e.pinned then 0 else 1 end, e.position, e.created_at, e.id limit $6`,
      [
        q?.replace(/[%_\\]/g, '\\$&') ?? null,
        rest ?? null,
        position ?? null,
        createdAt ?? null,
        id ?? null,
        limit + 1,
        ...own.values,
      ],
    );
    return toPage(
      found.rows,
      limit,
      (row) => presentEndpoint(context, row),
      (row) => [row.config.pinned ? '0' : '1', String(row.config.position), row.at, row.id],
    );
  },
});
