import type { CompiledWindow } from './maintenance.ts';
import { findSuppression, type GlobalMaintenance } from './suppression.ts';

const MINUTE_MS = 60_000;
const STEP_MS = 15 * MINUTE_MS;
const FARTHEST_MS = 400 * 24 * 60 * MINUTE_MS;

/**
 * When what suppresses alerts at an instant ends, to the minute; null when nothing does. A gap of less than a quarter of an
 * hour is passed over; what lasts longer than 400 days is taken to end then.
 */
export function endOfSuppression(
  atMs: number,
  endpointWindows: readonly CompiledWindow[],
  global: GlobalMaintenance,
): number | null {
  const isSuppressed = (ms: number) => findSuppression(ms, endpointWindows, global) !== null;
  if (!isSuppressed(atMs)) return null;
  const farthest = atMs + FARTHEST_MS;
  let end = Math.floor(atMs / STEP_MS) * STEP_MS + STEP_MS;
  while (end < farthest && isSuppressed(end)) end += STEP_MS;
  while (end - MINUTE_MS > atMs && !isSuppressed(end - MINUTE_MS)) end -= MINUTE_MS;
  return end;
}
