import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lookUpProcess, processesOfGroup, type ProcessFacts } from './process-list.ts';

interface ProcessRecord {
  pid: number;
  startedAt: string;
  /** First word of the command line, by which a member that outlived its leader is known. */
  program: string;
}

/** Notes in `folder` that the process `pid` is ours under `name`. */
export function recordProcess(folder: string, name: string, pid: number): void {
  const facts = lookUpProcess(pid);
  if (!facts) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const record: ProcessRecord = { pid, startedAt: facts.startedAt, program: facts.command.split(' ')[0] ?? '' };
  writeFileSync(fileOf(folder, name), JSON.stringify(record), { mode: 0o600 });
}

/** Takes back the note of `recordProcess`, unless a newer process has the name by now. */
export function forgetProcess(folder: string, name: string, pid: number): void {
  if (readRecord(fileOf(folder, name))?.pid === pid) rmSync(fileOf(folder, name), { force: true });
}

/**
 * Ends every process that an earlier start noted in `folder` and that still lives: SIGTERM, 3 s later SIGKILL.
 * A pid that meanwhile belongs to somebody else is left alone. Answers the names of what was ended.
 */
export async function endLeftovers(folder: string): Promise<string[]> {
  const found = namesIn(folder).flatMap((name) => {
    const record = readRecord(fileOf(folder, name));
    const processes = record ? stillOurs(record) : [];
    if (processes.length === 0) rmSync(fileOf(folder, name), { force: true });
    return processes.length === 0 ? [] : [{ name, record, processes }];
  });
  for (const { processes } of found) signalAll(processes, 'SIGTERM');
  const isOver = () => found.every(({ record }) => record === null || stillOurs(record).length === 0);
  if (!(await becomesTrue(isOver, 3_000))) {
    for (const { record } of found) if (record) signalAll(stillOurs(record), 'SIGKILL');
    await becomesTrue(isOver, 2_000);
  }
  for (const { name } of found) rmSync(fileOf(folder, name), { force: true });
  return found.map(({ name }) => name);
}

function stillOurs(record: ProcessRecord): ProcessFacts[] {
  const leader = lookUpProcess(record.pid);
  if (leader && leader.startedAt !== record.startedAt) return [];
  const members = processesOfGroup(record.pid);
  return leader
    ? [leader, ...members.filter(({ pid }) => pid !== leader.pid)]
    : members.filter(({ command }) => command.startsWith(record.program));
}

function signalAll(processes: ProcessFacts[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal);
    } catch {
      // gone already
    }
  }
}

/** Waits until `test` holds; `false` when it did not within `ms`. */
export async function becomesTrue(test: () => boolean, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  for (;;) {
    if (test()) return true;
    if (Date.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.process.json'))
      .map((file) => file.slice(0, -'.process.json'.length));
  } catch {
    return [];
  }
}

function readRecord(file: string): ProcessRecord | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord;
  } catch {
    return null;
  }
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.process.json`);
}
