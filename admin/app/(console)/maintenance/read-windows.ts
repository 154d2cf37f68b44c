import type { ShownWindow } from '../../../components/maintenance/calendar-entry.tsx';
import type { VerbContext } from '../../../server/verb.ts';
import { readEveryEndpoint } from '../endpoints/every-endpoint.ts';

/** The windows of every endpoint, named after it. */
export async function readEndpointWindows(context: VerbContext): Promise<ShownWindow[]> {
  const endpoints = await readEveryEndpoint(context);
  return endpoints.flatMap(({ id, name, maintenance }) =>
    maintenance.map((window, index) => ({ id: String(index), name, window, endpointId: id })),
  );
}
