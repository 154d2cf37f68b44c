import { readdirSync, readFileSync } from 'node:fs';
import { processesOfGroup } from '../stack/process-list.ts';

const TICKS_PER_SECOND = 100;

/** A process with its group and its children. Linux only, as all of this file; elsewhere costs are 0. */
export function processFamily(pid: number): number[] {
  return [...new Set([pid, ...processesOfGroup(pid).map((facts) => facts.pid), ...childrenOf(pid)])];
}

/** Seconds of processor time that a process and its family have used so far, children that have ended included. */
export function processorSeconds(pid: number): number {
  const ticks = processFamily(pid).map((one) => {
    const stat = read(`/proc/${one}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  });
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND;
}

/** Resident megabytes of a process and its family; pages that several share are split among them. */
export function residentMegabytes(pid: number): number {
  const family = processFamily(pid);
  if (family.length === 1) return kilobytes(`/proc/${pid}/status`, 'VmRSS') / 1_024;
  return family.reduce((sum, one) => sum + kilobytes(`/proc/${one}/smaps_rollup`, 'Pss'), 0) / 1_024;
}

function childrenOf(pid: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => kilobytes(`/proc/${one}/status`, 'PPid') === pid);
}

function kilobytes(file: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read(file))?.[1] ?? 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
