import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleOutput } from '../config/console-output.mjs';
import { CHECKOUT } from './checkout.ts';
import { waitForLock } from './folder-lock.ts';
import { runStep } from './run-step.ts';
import type { Screen } from './screen.ts';

/** What the console is built from. */
const SOURCES = ['admin', 'infra', 'workflows', 'package-lock.json', 'tsconfig.json'];
const NOT_SOURCES = new Set(['node_modules', 'stack', 'docs', 'bench', 'next-env.d.ts']);
const BUILD_MS = 900_000;

const outputFolder = join(CHECKOUT, 'admin', consoleOutput());
const stampFile = join(outputFolder, 'hookwise-sources.txt');

/** Whether the console was built from the sources as they are now. */
export function isConsoleBuilt(): boolean {
  return readIfThere(stampFile) === sourceStamp();
}

/** Builds the console for production when its sources changed. Starts side by side wait for one another and build once. */
export async function buildConsole(environment: Record<string, string | undefined>, screen: Screen): Promise<void> {
  if (!existsSync(join(CHECKOUT, 'admin', 'app')) || isConsoleBuilt()) return;
  const release = await waitForLock(
    join(CHECKOUT, 'node_modules', '.cache', 'hookwise', 'console-build.lock'),
    (holder) => screen.say(`Another start (process ${holder}) builds the console; waiting for it.`),
  );
  try {
    const stamp = sourceStamp();
    if (readIfThere(stampFile) === stamp) return;
    rmSync(stampFile, { force: true });
    await screen.during('Building the console', () =>
      runStep({
        name: 'next build',
        args: [join('node_modules', 'next', 'dist', 'bin', 'next'), 'build', 'admin'],
        environment: { ...environment, NODE_ENV: 'production' },
        timeoutMs: BUILD_MS,
        onLine: () => undefined,
      }),
    );
    mkdirSync(outputFolder, { recursive: true });
    writeFileSync(stampFile, stamp);
  } finally {
    release();
  }
}

function sourceStamp(): string {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) visit(join(CHECKOUT, source), source, hash);
  return hash.digest('hex');
}

function visit(path: string, name: string, hash: ReturnType<typeof createHash>): void {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts?.isFile()) hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  if (!facts?.isDirectory()) return;
  for (const entry of readdirSync(path).sort()) {
    if (!NOT_SOURCES.has(entry) && !entry.startsWith('.next')) visit(join(path, entry), `${name}/${entry}`, hash);
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
