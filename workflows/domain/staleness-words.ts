import type { HeartbeatConfig } from '../contracts/endpoint-config.ts';
import { SUMMARY_LIMIT } from './summary.ts';
import type { Overdue } from './staleness.ts';

const LEAST_TOLD_BLIND_MS = 1_000;

/** `24h` for whole hours, `90m` for other minutes, `90s` for what is less. */
export function timeoutText(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000}h`;
  return ms % 60_000 === 0 ? `${ms / 60_000}m` : `${Math.round(ms / 1_000)}s`;
}

/** What is expected, for people: `24h`, or `0 2 * * * Europe/Berlin, 30m grace`. */
export function expectationText(heartbeat: HeartbeatConfig): string {
  if (!heartbeat.cron) return timeoutText(heartbeat.timeoutMinutes * 60_000);
  return `${scheduleText(heartbeat)}, ${timeoutText((heartbeat.graceMinutes ?? 0) * 60_000)} grace`;
}

function scheduleText(heartbeat: HeartbeatConfig): string {
  return `${heartbeat.cron ?? ''} ${heartbeat.timezone ?? 'UTC'}`;
}

/** The ticket's summary, at most 99 code points: a long name is cut, what is missing is not. */
export function silenceSummary(name: string, heartbeat: HeartbeatConfig): string {
  const limit = heartbeat.cron ? scheduleText(heartbeat) : expectationText(heartbeat);
  const [before, after] = ['[TIMEOUT] Webhook Endpoint: ', ` - No data for ${limit}`];
  const room = Math.max(4, SUMMARY_LIMIT - before.length - [...after].length);
  const points = [...name];
  const shown = points.length <= room ? name : `${points.slice(0, room - 3).join('')}...`;
  return [...`${before}${shown}${after}`].slice(0, SUMMARY_LIMIT).join('');
}

export interface SilenceInput {
  heartbeat: HeartbeatConfig;
  sinceMs: number;
  lastSeenMs: number | null;
  overdue: Overdue;
}

/** What the alert says of a silence: since when, by when a webhook was due, and what HookWise itself could not have received. */
export function silenceText({ heartbeat, sinceMs, lastSeenMs, overdue }: SilenceInput): string {
  const again = overdue.told.count > 1 ? `Still silent (reminder ${overdue.told.count - 1}). ` : '';
  const last =
    lastSeenMs === null
      ? `No webhook was ever received; watched since ${iso(sinceMs)}.`
      : `The last webhook was received at ${iso(lastSeenMs)}.`;
  const due = `The next one was due by ${iso(overdue.deadlineMs)} (${expectationText(heartbeat)}).`;
  return `${again}${last} ${due}${blindText(overdue)}`;
}

function blindText({ blind }: Overdue): string {
  const ms = blind.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const [first, last] = [blind[0], blind.at(-1)];
  if (ms < LEAST_TOLD_BLIND_MS || first === undefined || last === undefined) return '';
  const when = `${iso(first.fromMs)} to ${iso(last.toMs)}${blind.length > 1 ? `, ${blind.length} times` : ''}`;
  return ` HookWise itself could not receive for ${spanText(ms)} of this time (${when}); the deadline was moved by as much.`;
}

function spanText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([n, unit]) => (n === 0 ? [] : [`${n} ${unit}`])).join(' ');
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
