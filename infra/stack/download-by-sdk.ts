import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from './checkout.ts';
import { endGroup } from './process-group.ts';

const QUIET_MS = 10_000;
const TOTAL_MS = 180_000;

/**
 * Lets the Temporal SDK fetch a server into `folder` and answers the program. Runs in a process of its own, because a
 * download that hangs cannot be given up otherwise; 10 s in which no byte arrives are the end.
 */
export async function downloadBySdk(kind: 'dev-server' | 'time-skipping', folder: string): Promise<Buffer> {
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, 'fetch-'));
  const child = spawn(process.execPath, [fileURLToPath(new URL('sdk-download.ts', import.meta.url)), kind, own], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: environment as NodeJS.ProcessEnv,
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('exit', (code) => resolve(code));
  });
  try {
    const code = await endsOrGoesQuiet(ended, own);
    const program = largestFileIn(own);
    if (code === 0 && program) return readFileSync(program);
    throw new Error(code === null ? 'no answer' : (words.trim().split('\n').at(-1) ?? 'it failed'));
  } finally {
    if (child.pid) await endGroup(child.pid, ended, [{ signal: 'SIGTERM', graceMs: 500 }]);
    rmSync(own, { recursive: true, force: true });
  }
}

async function endsOrGoesQuiet(ended: Promise<number | null>, folder: string): Promise<number | null> {
  const began = Date.now();
  let size = 0;
  let grewAt = began;
  for (;;) {
    const code = await Promise.race([ended.then((value) => value ?? -1), new Promise<'later'>((resolve) => setTimeout(() => resolve('later'), 250))]);
    if (code !== 'later') return code;
    const now = sizeOf(folder);
    if (now !== size) [size, grewAt] = [now, Date.now()];
    if (Date.now() - grewAt > QUIET_MS || Date.now() - began > TOTAL_MS) return null;
  }
}

const filesIn = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const sizeOf = (folder: string) => filesIn(folder).reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
const largestFileIn = (folder: string) => filesIn(folder).sort((a, b) => statSync(b).size - statSync(a).size)[0];
