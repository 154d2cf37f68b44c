import type { ExpressionFault } from '../../workflows/domain/compiled-endpoint.ts';
import type { Queryable } from './pool.ts';

/** What a check found wrong with one version of an endpoint; nothing where it is well. */
export interface EndpointHealth {
  endpointId: string;
  version: number;
  problems: readonly ExpressionFault[];
}

/** Keeps what was found at `at`, in one statement; what was found of a newer version or later stays. */
export async function writeEndpointHealth(db: Queryable, found: readonly EndpointHealth[], at: string): Promise<void> {
  if (found.length === 0) return;
  await db.query(
    `insert into endpoint_health (endpoint_id, version, problems, checked_at)
     select id, version, problems, $4 from unnest($1::uuid[], $2::int[], $3::jsonb[]) as found(id, version, problems)
     on conflict (endpoint_id) do update
       set version = excluded.version, problems = excluded.problems, checked_at = excluded.checked_at
     where (endpoint_health.version, endpoint_health.checked_at) <= (excluded.version, excluded.checked_at)`,
    [
      found.map(({ endpointId }) => endpointId),
      found.map(({ version }) => version),
      found.map(({ problems }) => JSON.stringify(problems)),
      at,
    ],
  );
}
