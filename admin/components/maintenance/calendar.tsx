'use client';

import { Link } from '../link.tsx';
import { useMemo, useSyncExternalStore } from 'react';
import { CalendarEntry, type ShownWindow } from './calendar-entry.tsx';
import { calendarStart, DAY_MS, dateOf, daysFrom, zoneOfViewer } from './calendar-days.ts';
import { spansOf, type Span } from './day-spans.ts';

const VIEWS = ['week', 'month'] as const;
export type CalendarView = (typeof VIEWS)[number];

const never = () => () => undefined;

/** The windows of a week or a month, day by day, in the zone of whoever looks. */
export function Calendar({
  windows,
  view,
  from,
  nowMs,
}: {
  windows: readonly ShownWindow[];
  view: CalendarView;
  from: string | undefined;
  nowMs: number;
}) {
  const zone = useSyncExternalStore(never, zoneOfViewer, () => 'UTC');
  const length = view === 'week' ? 7 : 35;
  const start = calendarStart(from, nowMs, zone);
  const days = useMemo(() => daysFrom(start, length, zone), [start, length, zone]);
  const found = useMemo(() => {
    const known = new Map<string, Span[][]>();
    return windows.map((shown) => {
      const key = JSON.stringify(shown.window);
      const spans = known.get(key) ?? spansOf(shown.window, days);
      known.set(key, spans);
      return { ...shown, spans };
    });
  }, [windows, days]);
  const today = dateOf(nowMs, zone);
  return (
    <section className="card stack" aria-label="Calendar">
      <div className="head">
        <h2>{titleOf(start, length)}</h2>
        <CalendarTools view={view} startMs={start} days={length} />
      </div>
      <ol className={`calendar ${view}`}>
        {days.map((day, at) => {
          const held = found.filter(({ spans }) => (spans[at]?.length ?? 0) > 0);
          return (
            <li key={day.dateMs} data-today={day.dateMs === today || undefined}>
              <time dateTime={dateText(day.dateMs)}>{dayWords(day.dateMs)}</time>
              {held.map((shown) => (
                <CalendarEntry
                  key={`${shown.endpointId ?? ''}${shown.id}`}
                  shown={shown}
                  spans={shown.spans[at] ?? []}
                  day={day}
                  zone={zone}
                />
              ))}
            </li>
          );
        })}
      </ol>
      <small className="quiet">
        Times are in your zone, {zone}, to the quarter hour. A window that is kept in another zone names it.
      </small>
    </section>
  );
}

function CalendarTools({ view, startMs, days }: { view: CalendarView; startMs: number; days: number }) {
  const href = (more: { view?: CalendarView; from?: number }) =>
    `/maintenance?view=${more.view ?? view}&from=${dateText(more.from ?? startMs)}`;
  return (
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
          <Link key={one} href={href({ view: one })} scroll={false} aria-current={one === view ? 'page' : undefined}>
            {one}
          </Link>
        ))}
      </nav>
    </div>
  );
}

function dateText(dateMs: number): string {
  return new Date(dateMs).toISOString().slice(0, 10);
}

function dayWords(dateMs: number): string {
  const words = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Date(dateMs).toLocaleDateString('en-GB', words);
}

function titleOf(startMs: number, days: number): string {
  const end = new Date(startMs + (days - 1) * DAY_MS);
  const words = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return `${new Date(startMs).toLocaleDateString('en-GB', words)} to ${end.toLocaleDateString('en-GB', { ...words, year: 'numeric' })}`;
}
