import { compileWindow } from '../../../workflows/domain/maintenance.ts';
import type { MaintenanceWindow } from '../../../workflows/contracts/endpoint-config.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const STEP_MS = 15 * MINUTE_MS;

/** A stretch of one day, in parts of the day from 0 to 1. */
export interface Span {
  from: number;
  to: number;
}

/** When a window holds on the days from `startMs` (midnight UTC) on, to the quarter hour, by day. A window that cannot be read never holds. */
export function spansOf(window: object, startMs: number, days: number): Span[][] {
  const compiled = compileWindow(window as MaintenanceWindow);
  if (!compiled.ok) return Array.from({ length: days }, () => []);
  return Array.from({ length: days }, (_, day) => spansOfDay(compiled.window.isActive, startMs + day * DAY_MS));
}

function spansOfDay(isActive: (atMs: number) => boolean, dayMs: number): Span[] {
  const spans: Span[] = [];
  let from: number | null = null;
  for (let at = 0; at <= DAY_MS; at += STEP_MS) {
    const holds = at < DAY_MS && isActive(dayMs + at);
    if (holds && from === null) from = at;
    if (!holds && from !== null) {
      spans.push({ from: from / DAY_MS, to: at / DAY_MS });
      from = null;
    }
  }
  return spans;
}
