import type { Queryable } from '../../infra/database/pool.ts';
import type { RefusalRow } from './refusal-log.ts';

/** Writes refusals in one statement; one that is there already stays as it is. */
export async function writeRefusals(db: Queryable, rows: readonly RefusalRow[]): Promise<void> {
  await db.query({
    name: 'write-refusals',
    text: `insert into refusal (id, endpoint_id, at, source_ip, status, reason, message, headers, body)
      select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[])
      on conflict (id) do nothing`,
    values: [
      rows.map(({ id }) => id),
      rows.map(({ endpointId }) => endpointId),
      rows.map(({ at }) => at),
      rows.map(({ sourceIp }) => sourceIp),
      rows.map(({ status }) => status),
      rows.map(({ reason }) => reason),
      rows.map(({ message }) => message),
      rows.map(({ headers }) => headers),
      rows.map(({ body }) => body),
    ],
  });
}
