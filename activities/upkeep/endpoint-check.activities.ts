import { checkEndpoints } from '../../infra/check-endpoints.ts';
import { writeEndpointHealth } from '../../infra/database/endpoint-health.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { EndpointCheckSlice } from '../../workflows/contracts/endpoint-check.ts';
import type { ActivityDeps } from '../deps.ts';

const SLICE = 200;

/** Looking again at what was valid when it was saved. May run twice. */
export function createEndpointCheckActivities(deps: ActivityDeps) {
  return {
    /** Checks the next endpoints after an id and keeps what is wrong with each; those mended since are cleared. */
    checkNextEndpoints: async (input: { now: string; after: string | null }): Promise<EndpointCheckSlice> => {
      const { rows } = await deps.pool.query<{ id: string; version: number; config: EndpointConfig }>(
        `select id, version, config from endpoint
         where deleted_at is null and ($1::uuid is null or id > $1) order by id limit ${SLICE}`,
        [input.after],
      );
      const problems = await checkEndpoints(
        deps.pool,
        { connection: deps.connection, ...deps.settings.defaults },
        rows.map(({ config }) => config),
      );
      const found = rows.map(({ id, version }, index) => ({
        endpointId: id,
        version,
        problems: problems[index] ?? [],
      }));
      await writeEndpointHealth(deps.pool, found, input.now);
      const bad = found.filter((endpoint) => endpoint.problems.length > 0);
      return { checked: rows.length, bad: bad.length, next: rows.length < SLICE ? null : (rows.at(-1)?.id ?? null) };
    },
  };
}

export type EndpointCheckActivities = ReturnType<typeof createEndpointCheckActivities>;
