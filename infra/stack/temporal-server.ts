import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isServing } from './grpc-health.ts';
import { isPortFree } from './ports.ts';
import { spawnGroup, type ProcessGroup } from './process-group.ts';
import { startArguments } from './temporal-arguments.ts';

/** Accepting and planning come before it when processors are short. */
const NICENESS = 5;

export interface TemporalOptions {
  /** Path of the Temporal CLI, as `findTemporalCli` answers it. */
  cli: string;
  /** Folder of the database file; `null` keeps everything in memory. */
  dataDir: string | null;
  port: number;
  /** `null` starts no Web UI. */
  uiPort: number | null;
  retentionDays: number;
  namespace?: string;
  recordDir?: string;
  say?: (line: string) => void;
  onLine?: (line: string) => void;
}

export interface RunningTemporal {
  address: string;
  namespace: string;
  uiUrl: string | null;
  group: ProcessGroup;
  stop(graceMs?: number): Promise<void>;
}

const START_MS = 60_000;
const PORT_MS = 3_000;

/**
 * Starts the Temporal dev server on loopback and resolves when its frontend serves and the namespace keeps histories for
 * `retentionDays`. A database file that it cannot open is set aside under another name, said, and a fresh one is made.
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  if (!(await becomesFree(options.port))) {
    throw new Error(`The Temporal server did not start: port ${options.port} is in use by another program.`);
  }
  const first = await tryStart(options);
  if (first.ok) return first.running;
  const file = databaseFile(options);
  if (file === null || !existsSync(file) || !blamesDatabase(first)) throw startError(first.lastWords);
  const second = await tryStart(options);
  if (second.ok) return second.running;
  if (!blamesDatabase(second)) throw startError(second.lastWords);
  const aside = setAside(file);
  options.say?.(
    `Temporal could not open its database file. It was set aside as ${aside}, and a fresh one is used: open incidents go on from Postgres.`,
  );
  const third = await tryStart(options);
  if (third.ok) return third.running;
  throw startError(third.lastWords);
}

/** Another server on the port would answer in place of ours; one that was just killed needs a moment to leave it. */
async function becomesFree(port: number): Promise<boolean> {
  const deadline = Date.now() + PORT_MS;
  while (!(await isPortFree(port, '127.0.0.1'))) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return true;
}

type Attempt = { ok: true; running: RunningTemporal } | { ok: false; endedByItself: boolean; lastWords: string[] };

async function tryStart(options: TemporalOptions): Promise<Attempt> {
  const namespace = options.namespace ?? 'default';
  const address = `127.0.0.1:${options.port}`;
  const file = databaseFile(options);
  if (file !== null) dropHalfMade(file);
  const group = await spawnGroup({
    name: 'temporal',
    command: options.cli,
    args: startArguments(options, namespace, file),
    env: environment(),
    niceness: NICENESS,
    ...(options.recordDir ? { recordDir: options.recordDir } : {}),
    ...(options.onLine ? { onLine: options.onLine } : {}),
  });
  const stop = (graceMs = 5_000) => group.end([{ signal: 'SIGTERM', graceMs }]);
  try {
    await serves(address, group);
  } catch (error) {
    const endedByItself = !group.isRunning() && (await group.exited).signal === null;
    await stop(2_000);
    const { lastWords } = await group.exited;
    return { ok: false, endedByItself, lastWords: [...lastWords, (error as Error).message] };
  }
  if (file !== null) writeFileSync(markOf(file), '');
  await setRetention(options, address, namespace);
  return {
    ok: true,
    running: {
      address,
      namespace,
      uiUrl: options.uiPort === null ? null : `http://127.0.0.1:${options.uiPort}`,
      group,
      stop,
    },
  };
}

async function serves(address: string, group: ProcessGroup): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (group.isRunning() && Date.now() < deadline) {
    if (await isServing(address, 'temporal.api.workflowservice.v1.WorkflowService', 1_000)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    group.isRunning()
      ? `The Temporal server did not serve within ${START_MS / 1_000} s.`
      : 'The Temporal server ended while starting.',
  );
}

/** The namespace is known to the frontend's cache a moment after it serves, so the first tries may be refused. */
async function setRetention(options: TemporalOptions, address: string, namespace: string): Promise<void> {
  const command = [
    'operator',
    'namespace',
    'update',
    '--namespace',
    namespace,
    '--retention',
    `${options.retentionDays * 24}h`,
    '--address',
    address,
  ];
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      await promisify(execFile)(options.cli, [...command, '--disable-config-file', '--disable-config-env'], {
        env: environment() as NodeJS.ProcessEnv,
        timeout: 10_000,
      });
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        options.say?.(
          `The retention of Temporal namespace ${namespace} could not be set: ${(error as Error).message.split('\n')[0]}`,
        );
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function environment(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/nonexistent', DO_NOT_TRACK: '1' };
}

function databaseFile(options: TemporalOptions): string | null {
  if (options.dataDir === null) return null;
  const folder = join(options.dataDir, 'temporal');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, 'temporal.db');
}

const markOf = (file: string) => `${file}.complete`;

/** A file that never served was left by a start killed while it made the schema; the server would not complete it. */
function dropHalfMade(file: string): void {
  if (existsSync(file) && existsSync(markOf(file)) && statSync(file).size > 0) return;
  for (const path of [file, `${file}-wal`, `${file}-shm`, markOf(file)]) rmSync(path, { force: true, recursive: true });
}

function setAside(file: string): string {
  const aside = `${file}.set-aside-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, aside + end);
  rmSync(markOf(file), { force: true });
  return aside;
}

/** Only a server that ended by itself over its database may cost that database its place; a kill or a taken port may not. */
function blamesDatabase(attempt: Attempt & { ok: false }): boolean {
  return (
    attempt.endedByItself &&
    attempt.lastWords.some(
      (line) =>
        /sqlite|database|schema|no such table|malformed/i.test(line) && !line.includes('address already in use'),
    )
  );
}

function startError(lastWords: string[]): Error {
  return new Error(`The Temporal server did not start. Its last words:\n${lastWords.slice(-8).join('\n')}`);
}
