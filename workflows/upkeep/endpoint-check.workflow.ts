import { proxyActivities } from '@temporalio/workflow';
import type { EndpointCheckActivities } from '../../activities/upkeep/endpoint-check.activities.ts';
import type { EndpointCheckEnd, EndpointCheckSlice } from '../contracts/endpoint-check.ts';
import { CHECK } from '../policies.ts';

const { checkNextEndpoints } = proxyActivities<EndpointCheckActivities>(CHECK);

/** Looks through all endpoints for what has gone bad since they were saved, slice by slice. */
export async function endpointCheckWorkflow(): Promise<EndpointCheckEnd> {
  const now = new Date().toISOString();
  const end: EndpointCheckEnd = { checked: 0, bad: 0 };
  let after: string | null = null;
  do {
    const slice: EndpointCheckSlice = await checkNextEndpoints({ now, after });
    end.checked += slice.checked;
    end.bad += slice.bad;
    after = slice.next;
  } while (after !== null);
  return end;
}
