import { listEndpoints } from '../../../server/endpoints/list.ts';
import type { EndpointAnswer } from '../../../server/endpoints/schemas.ts';
import type { ActivityHour } from '../../../server/stats/get-activity.ts';
import { runVerb, type VerbContext } from '../../../server/verb.ts';

const PAGE = 200;
const MOST = 2_000;

/** All endpoints whose names hold `q`, page after page, the first 2,000. */
export async function readEveryEndpoint(context: VerbContext, q?: string): Promise<EndpointAnswer[]> {
  const found: EndpointAnswer[] = [];
  for (let cursor: string | null = ''; cursor !== null && found.length < MOST;) {
    const query = { limit: PAGE, ...(q && { q: q.slice(0, 200) }), ...(cursor !== '' && { cursor }) };
    const page: { items: EndpointAnswer[]; nextCursor: string | null } = await runVerb(listEndpoints, context, {
      query,
    });
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

export const ENDPOINT_STATES = ['on', 'failing', 'quiet', 'off', 'draft'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** One word for how an endpoint is: whether it takes webhooks, and how its last day went. */
export function stateOf(
  endpoint: Pick<EndpointAnswer, 'enabled' | 'draft'>,
  hours: readonly ActivityHour[] | null | undefined,
): EndpointState {
  if (endpoint.draft) return 'draft';
  if (!endpoint.enabled) return 'off';
  if (!hours?.some(({ received, failed }) => received + failed > 0)) return 'quiet';
  return (hours.findLast(({ received, failed }) => received + failed > 0)?.failed ?? 0) > 0 ? 'failing' : 'on';
}
