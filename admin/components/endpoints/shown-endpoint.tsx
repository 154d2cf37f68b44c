import { stateOf } from '../../app/(console)/endpoints/every-endpoint.ts';
import type { EndpointAnswer } from '../../server/endpoints/schemas.ts';
import type { ActivityHour } from '../../server/stats/get-activity.ts';
import { TimeAgo } from '../time-ago.tsx';
import { Sparkline, Ticks } from './activity.tsx';
import type { ShownEndpoint } from './endpoint-item.tsx';
import { EndpointState } from './endpoint-state.tsx';

/** Draws on the server what cards and rows show of an endpoint's last day. */
export function shownEndpoint(endpoint: EndpointAnswer, hours: readonly ActivityHour[] | null): ShownEndpoint {
  const { id, name, url, enabled, pinned, lastSeenAt } = endpoint;
  const received = hours?.reduce((sum, hour) => sum + hour.received, 0) ?? 0;
  return {
    id,
    name,
    url,
    enabled,
    pinned,
    state: <EndpointState state={stateOf(endpoint, hours)} />,
    ticks: <Ticks hours={hours} />,
    line: <Sparkline hours={hours} />,
    received: received.toLocaleString('en'),
    seen: lastSeenAt === null ? 'never heard from' : <TimeAgo at={lastSeenAt} />,
  };
}
