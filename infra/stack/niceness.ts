import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Makes a process that was just started, and what it starts, give way to the others. Linux weighs sessions before it weighs
 * processes (sched(7), "The autogroup feature"), so the session is told as well. Where the system refuses, nothing changes.
 */
export function setNiceness(pid: number, niceness: number): void {
  for (const set of [
    () => setPriority(pid, niceness),
    () => writeFileSync(`/proc/${pid}/autogroup`, String(niceness)),
  ]) {
    try {
      set();
    } catch {
      continue;
    }
  }
}
