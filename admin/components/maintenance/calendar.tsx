import Link from 'next/link';
import { spansOf, type Span } from './week-spans.ts';

const DAY_MS = 86_400_000;
const VIEWS = ['week', 'month'] as const;
export type CalendarView = (typeof VIEWS)[number];

/** A window with whose it is. */
export interface ShownWindow {
  id: string;
  name: string;
  window: object;
  /** null for all endpoints. */
  endpointId: string | null;
}

/** The windows of a week or a month, day by day; times are UTC. */
export function Calendar({
  windows,
  view,
  startMs,
}: {
  windows: readonly ShownWindow[];
  view: CalendarView;
  startMs: number;
}) {
  const days = view === 'week' ? 7 : 35;
  const found = windows.map((window) => ({ ...window, days: spansOf(window.window, startMs, days) }));
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const href = (more: { view?: CalendarView; from?: number }) =>
    `/maintenance?view=${more.view ?? view}&from=${new Date(more.from ?? startMs).toISOString().slice(0, 10)}`;
  return (
    <section className="card stack" aria-label="Calendar">
      <div className="head">
        <h2>{titleOf(startMs, days)}</h2>
        <div className="tools">
          <Link href={href({ from: startMs - days * DAY_MS })} scroll={false}>
            Earlier
          </Link>
          <Link href={`/maintenance?view=${view}`} scroll={false}>
            Today
          </Link>
          <Link href={href({ from: startMs + days * DAY_MS })} scroll={false}>
            Later
          </Link>
          <nav className="segments" aria-label="Length">
            {VIEWS.map((one) => (
              <Link
                key={one}
                href={href({ view: one })}
                scroll={false}
                aria-current={one === view ? 'page' : undefined}
              >
                {one}
              </Link>
            ))}
          </nav>
        </div>
      </div>
      <ol className={`calendar ${view}`}>
        {Array.from({ length: days }, (_, day) => {
          const at = startMs + day * DAY_MS;
          const held = found.filter((window) => (window.days[day]?.length ?? 0) > 0);
          return (
            <li key={at} data-today={at === today || undefined}>
              <time dateTime={new Date(at).toISOString().slice(0, 10)}>{dayWords(at)}</time>
              {held.map((window) => (
                <Entry key={`${window.endpointId ?? ''}${window.id}`} window={window} spans={window.days[day] ?? []} />
              ))}
            </li>
          );
        })}
      </ol>
      <small className="quiet">Times are UTC, to the quarter hour.</small>
    </section>
  );
}

function Entry({ window: { name, window, endpointId }, spans }: { window: ShownWindow; spans: Span[] }) {
  const isHeld = (window as { policy?: string }).policy === 'hold';
  const words = `${name}: ${spans.map(hoursOf).join(', ')}, webhooks are ${isHeld ? 'held' : 'skipped'}`;
  return (
    <div className={`calendar-entry ${isHeld ? 'warn' : 'busy'}`} title={words}>
      <span className="calendar-bar" aria-hidden="true">
        {spans.map(({ from, to }) => (
          <i key={from} style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
        ))}
      </span>
      {endpointId === null ? <span>{name}</span> : <Link href={`/endpoints/${endpointId}/edit`}>{name}</Link>}
      <small className="quiet">{spans.map(hoursOf).join(', ')}</small>
    </div>
  );
}

function hoursOf({ from, to }: Span): string {
  return from === 0 && to === 1 ? 'all day' : `${clock(from)} to ${clock(to)}`;
}

function clock(part: number): string {
  const minutes = Math.round(part * 1_440);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function dayWords(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}

function titleOf(startMs: number, days: number): string {
  const end = new Date(startMs + (days - 1) * DAY_MS);
  const words = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return `${new Date(startMs).toLocaleDateString('en-GB', words)} to ${end.toLocaleDateString('en-GB', { ...words, year: 'numeric' })}`;
}
