import { IconPinFilled } from '@tabler/icons-react';
import Link from 'next/link';
import { stateOf } from '../../app/(console)/endpoints/every-endpoint.ts';
import type { EndpointAnswer } from '../../server/endpoints/schemas.ts';
import type { ActivityHour } from '../../server/stats/get-activity.ts';
import { TimeAgo } from '../time-ago.tsx';
import { Sparkline, Ticks } from './activity.tsx';
import { EndpointMenu } from './endpoint-menu.tsx';
import { EndpointState } from './endpoint-state.tsx';

/** One endpoint at a glance: its day as ticks and a line, and what can be done with it. */
export function EndpointCard({
  endpoint,
  hours,
  mayChange,
}: {
  endpoint: EndpointAnswer;
  hours: readonly ActivityHour[] | null;
  mayChange: boolean;
}) {
  const { id, name, url, enabled, pinned, lastSeenAt } = endpoint;
  const received = hours?.reduce((sum, hour) => sum + hour.received, 0) ?? 0;
  return (
    <article className="card endpoint-card" aria-label={name}>
      <header>
        <div>
          <h2>
            <Link href={`/endpoints/${id}`}>{name}</Link>{' '}
            {pinned && <IconPinFilled size={14} className="quiet" aria-label="pinned" />}
          </h2>
          <EndpointState state={stateOf(endpoint, hours)} />
        </div>
        <EndpointMenu endpoint={{ id, name, url, enabled, pinned }} mayChange={mayChange} />
      </header>
      <Sparkline hours={hours} />
      <Ticks hours={hours} />
      <footer>
        <span>{received.toLocaleString('en')} in 24 h</span>
        <span>{lastSeenAt === null ? 'never heard from' : <TimeAgo at={lastSeenAt} />}</span>
      </footer>
    </article>
  );
}
