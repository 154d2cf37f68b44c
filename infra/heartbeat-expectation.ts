import type { HeartbeatConfig } from '../workflows/contracts/endpoint-config.ts';
import type { Expectation } from '../workflows/domain/schedule.ts';
import { compileCron } from './cron.ts';

const MOST_KEPT = 10_000;
const schedules = new Map<string, Expectation | null>();

/** When a heartbeat's settings expect webhooks, compiled once; null for a cron line that cannot be read any more. */
export function heartbeatExpectation(heartbeat: HeartbeatConfig): Expectation | null {
  if (!heartbeat.cron) return { kind: 'interval', everyMs: heartbeat.timeoutMinutes * 60_000 };
  const { cron, timezone = 'UTC', graceMinutes = 0 } = heartbeat;
  const name = JSON.stringify([cron, timezone, graceMinutes]);
  const known = schedules.get(name);
  if (known !== undefined) return known;
  const compiled = compileCron(cron, timezone);
  const made: Expectation | null = compiled.ok
    ? { kind: 'schedule', graceMs: graceMinutes * 60_000, next: compiled.next }
    : null;
  if (schedules.size >= MOST_KEPT) schedules.clear();
  schedules.set(name, made);
  return made;
}
