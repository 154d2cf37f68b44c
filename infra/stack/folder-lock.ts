import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { lookUpProcess } from './process-list.ts';

/** Who holds a lock file: the process and the mark of its start, so that a pid used again does not count. */
interface Holder {
  pid: number;
  startedAt: string;
}

/** Takes the lock file for this process, or answers the pid of the living process that holds it. A dead holder's lock is taken over. */
export function takeLock(file: string): { release: () => void } | { heldBy: number } {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const own = `${file}.${process.pid}`;
  writeFileSync(
    own,
    JSON.stringify({ pid: process.pid, startedAt: lookUpProcess(process.pid)?.startedAt ?? '' } satisfies Holder),
  );
  try {
    for (let tries = 0; tries < 5; tries += 1) {
      if (linked(own, file)) return { release: () => rmSync(file, { force: true }) };
      const holder = holderOfLock(file);
      if (holder !== null) return { heldBy: holder };
      rmSync(file, { force: true });
    }
    throw new Error(`The lock ${file} could not be taken.`);
  } finally {
    rmSync(own, { force: true });
  }
}

/** The pid of the living process that holds the lock file, or `null`. */
export function holderOfLock(file: string): number | null {
  const holder = readHolder(file);
  return holder && lookUpProcess(holder.pid)?.startedAt === holder.startedAt ? holder.pid : null;
}

/** Takes the lock file, waiting for as long as a living process holds it. */
export async function waitForLock(file: string, onWait: (holder: number) => void): Promise<() => void> {
  for (let waited = 0; ; waited += 1) {
    const taken = takeLock(file);
    if ('release' in taken) return taken.release;
    if (waited % 50 === 0) onWait(taken.heldBy);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}
