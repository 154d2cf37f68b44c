import { compileWindow } from '../../../workflows/domain/maintenance.ts';
import type { MaintenanceWindow } from '../../../workflows/contracts/endpoint-config.ts';
import type { CalendarDay } from './calendar-days.ts';

const STEP_MS = 15 * 60_000;

/** A stretch of one day: two instants. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** When a window holds on each of these days, to the quarter hour. A window that cannot be read never holds. */
export function spansOf(window: object, days: readonly CalendarDay[]): Span[][] {
  const compiled = compileWindow(window as MaintenanceWindow);
  if (!compiled.ok) return days.map(() => []);
  return days.map((day) => spansOfDay(compiled.window.isActive, day));
}

function spansOfDay(isActive: (atMs: number) => boolean, { fromMs, toMs }: CalendarDay): Span[] {
  const spans: Span[] = [];
  let from: number | null = null;
  for (let at = fromMs; at <= toMs; at += STEP_MS) {
    const holds = at < toMs && isActive(at);
    if (holds && from === null) from = at;
    if (!holds && from !== null) {
      spans.push({ fromMs: from, toMs: at });
      from = null;
    }
  }
  return spans;
}
