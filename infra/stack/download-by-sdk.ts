import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from './checkout.ts';
import { spawnGroup, type ProcessEnd } from './process-group.ts';

const QUIET_MS = 10_000;
const TOTAL_MS = 180_000;

/**
 * Lets the Temporal SDK fetch a server into `folder` and answers the program. Runs in a process of its own, because a
 * download that hangs cannot be given up otherwise; 10 s in which no byte arrives are the end.
 */
export async function downloadBySdk(kind: 'dev-server' | 'time-skipping', folder: string): Promise<Buffer> {
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, 'fetch-'));
  const group = await spawnGroup({
    name: 'sdk-download',
    command: process.execPath,
    args: [fileURLToPath(new URL('sdk-download.ts', import.meta.url)), kind, own],
    env: environment,
  });
  try {
    const end = await endsOrGoesQuiet(group.exited, own);
    const program = largestFileIn(own);
    if (end?.code === 0 && program) return readFileSync(program);
    throw new Error(
      end === null
        ? 'no answer'
        : (end.lastWords.findLast((line) => line.includes('rror')) ?? 'it failed').trim().slice(0, 300),
    );
  } finally {
    await group.end([{ signal: 'SIGTERM', graceMs: 500 }]);
    rmSync(own, { recursive: true, force: true });
  }
}

async function endsOrGoesQuiet(ended: Promise<ProcessEnd>, folder: string): Promise<ProcessEnd | null> {
  const began = Date.now();
  let size = 0;
  let grewAt = began;
  for (;;) {
    const end = await Promise.race([ended, new Promise<'later'>((resolve) => setTimeout(() => resolve('later'), 250))]);
    if (end !== 'later') return end;
    const now = sizeOf(folder);
    if (now !== size) [size, grewAt] = [now, Date.now()];
    if (Date.now() - grewAt > QUIET_MS || Date.now() - began > TOTAL_MS) return null;
  }
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const sizeOf = (folder: string) =>
  filesIn(folder).reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
const largestFileIn = (folder: string) => filesIn(folder).sort((a, b) => statSync(b).size - statSync(a).size)[0];
