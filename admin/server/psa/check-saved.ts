import { checkEndpoints } from '../../../infra/check-endpoints.ts';
import { compileEndpoint } from '../../../infra/compile-endpoint.ts';
import { chosenConnection } from '../../../infra/config/index.ts';
import { writeEndpointHealth } from '../../../infra/database/endpoint-health.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import type { AdminContext } from '../context.ts';
import type { FieldFault } from '../errors.ts';

/**
 * What is doubtful about a configuration that may be saved all the same: names the catalog does not hold, words that cannot
 * work, overlaps. Kept as the health of this version, so that it is shown until it is mended.
 */
export async function checkSaved(
  { config: environment }: Pick<AdminContext, 'config'>,
  tx: Queryable,
  saved: { id: string; version: number; config: EndpointConfig },
): Promise<FieldFault[]> {
  const ground = {
    connection: chosenConnection(environment),
    defaultBoard: environment.CW_SERVICE_BOARD,
    defaultCompanyId: environment.CW_DEFAULT_COMPANY_ID,
  };
  const [problems = []] = await checkEndpoints(tx, ground, [saved.config]);
  const { id: endpointId, version } = saved;
  await writeEndpointHealth(tx, [{ endpointId, version, problems }], new Date().toISOString());
  return [...problems, ...compileEndpoint(saved.config).doubts];
}
