import { ACTIVITY_HOURS } from '../../server/stats/activity-hours.ts';
import type { ActivityHour } from '../../server/stats/get-activity.ts';

const EMPTY: ActivityHour[] = Array.from({ length: ACTIVITY_HOURS }, () => ({
  at: '',
  received: 0,
  opened: 0,
  failed: 0,
}));

/** A tick an hour: nothing came, all well, a ticket was opened, something failed. */
export function Ticks({ hours }: { hours: readonly ActivityHour[] | null }) {
  const shown = hours ?? EMPTY;
  const sum = (name: 'received' | 'opened' | 'failed') => shown.reduce((total, hour) => total + hour[name], 0);
  const words = `Last 24 hours: ${sum('received')} webhooks, ${sum('opened')} tickets opened, ${sum('failed')} failed`;
  return (
    <div className="ticks" role="img" aria-label={words} title={words}>
      {shown.map((hour, index) => (
        <i key={index} className={toneOf(hour)} />
      ))}
    </div>
  );
}

/** Webhooks an hour as a line. */
export function Sparkline({ hours }: { hours: readonly ActivityHour[] | null }) {
  const counts = (hours ?? EMPTY).map(({ received }) => received);
  const highest = Math.max(1, ...counts);
  const points = counts.map((count, at) => `${at},${(20 - (count / highest) * 19).toFixed(2)}`);
  return (
    <svg className="spark" viewBox={`0 0 ${ACTIVITY_HOURS - 1} 21`} preserveAspectRatio="none" aria-hidden="true">
      <path
        d={`M0,21 L${points.join(' L')} L${ACTIVITY_HOURS - 1},21 Z`}
        fill="var(--fill-accent)"
        fillOpacity="0.12"
      />
      <path d={`M${points.join(' L')}`} fill="none" stroke="var(--fill-accent)" strokeWidth="1.5" />
    </svg>
  );
}

function toneOf({ received, opened, failed }: ActivityHour): string | undefined {
  if (failed > 0) return 'bad';
  if (opened > 0) return 'hot';
  return received > 0 ? 'good' : undefined;
}
