import { Link } from '../link.tsx';
import type { CalendarDay } from './calendar-days.ts';
import type { Span } from './day-spans.ts';
import { whenOf } from './window-words.ts';

/** A window with whose it is. */
export interface ShownWindow {
  id: string;
  name: string;
  window: object;
  /** null for all endpoints. */
  endpointId: string | null;
}

/** A window on one day of the calendar; what is kept in another zone than the viewer's says so. */
export function CalendarEntry({
  shown: { name, window, endpointId },
  spans,
  day,
  zone,
}: {
  shown: ShownWindow;
  spans: readonly Span[];
  day: CalendarDay;
  zone: string;
}) {
  const { policy, timezone = 'UTC' } = window as { policy?: string; timezone?: string };
  const isHeld = policy === 'hold';
  const hours = spans.map((span) => hoursOf(span, day, zone)).join(', ');
  const words = `${name}: ${hours}, webhooks are ${isHeld ? 'held' : 'skipped'}. Kept as ${whenOf(window)}, ${timezone}.`;
  const length = day.toMs - day.fromMs;
  return (
    <div className={`calendar-entry ${isHeld ? 'warn' : 'busy'}`} title={words}>
      <span className="calendar-bar" aria-hidden="true">
        {spans.map(({ fromMs, toMs }) => (
          <i
            key={fromMs}
            style={{
              left: `${((fromMs - day.fromMs) / length) * 100}%`,
              width: `${((toMs - fromMs) / length) * 100}%`,
            }}
          />
        ))}
      </span>
      {endpointId === null ? <span>{name}</span> : <Link href={`/endpoints/${endpointId}/edit`}>{name}</Link>}
      <small className="quiet">{hours}</small>
      {timezone !== zone && <small className="quiet">kept in {timezone}</small>}
    </div>
  );
}

function hoursOf({ fromMs, toMs }: Span, day: CalendarDay, zone: string): string {
  if (fromMs === day.fromMs && toMs === day.toMs) return 'all day';
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
  return `${clock.format(fromMs)} to ${toMs === day.toMs ? '24:00' : clock.format(toMs)}`;
}
