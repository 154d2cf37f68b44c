import { spawn, type ChildProcess } from 'node:child_process';
import { setNiceness } from './niceness.ts';
import { lookUpProcess, processesOfGroup } from './process-list.ts';
import { forgetProcess, recordProcess } from './process-record.ts';

/** How a process ended: its exit code, or the signal that ended it. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines it wrote to stderr, oldest first. */
  lastWords: string[];
}

export interface GroupOptions {
  name: string;
  command: string;
  args: readonly string[];
  env: Record<string, string | undefined>;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** How readily it gives way, once it has started, when processors are short: 19 (to all) to -20, below 0 only where we have the right. */
  niceness?: number;
  /** Folder for a note of the pid, from which the next start finds what a killed start left behind. */
  recordDir?: string;
  onLine?: (line: string) => void;
}

/** One child that leads a process group of its own, so that Ctrl-C in the terminal reaches only us. */
export interface ProcessGroup {
  name: string;
  pid: number;
  exited: Promise<ProcessEnd>;
  isRunning(): boolean;
  /** Sends each signal in turn until the process is gone, then SIGKILL to the whole group. Resolves when nothing is left. */
  end(steps: readonly EndStep[]): Promise<void>;
}

export interface EndStep {
  signal: NodeJS.Signals;
  graceMs: number;
}

const LAST_WORDS = 40;
/** A process that starts weighs as much as any other: on a busy machine those that give way would never be ready. */
const STARTED_MS = 20_000;
const LIVE = new Set<ProcessGroup>();

/** Kills every group this process started and that still lives: the last thing an end does, so that nothing stays behind. */
export async function endEveryGroup(): Promise<void> {
  await Promise.all([...LIVE].map((group) => group.end([])));
}

/** Starts a process in a group of its own. Throws when it cannot be started at all. */
export async function spawnGroup(options: GroupOptions): Promise<ProcessGroup> {
  const child = spawn(options.command, options.args, {
    env: options.env as NodeJS.ProcessEnv,
    cwd: options.cwd ?? process.cwd(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? -1));
  });
  const lastWords: string[] = [];
  const read = eachLine((line) => {
    lastWords.push(line);
    if (lastWords.length > LAST_WORDS) lastWords.shift();
    options.onLine?.(line);
  });
  child.stdout.on('data', read());
  child.stderr.on('data', read());
  const { recordDir } = options;
  if (recordDir) recordProcess(recordDir, options.name, pid);
  const exited = whenExited(child, lastWords).finally(() => {
    if (recordDir) forgetProcess(recordDir, options.name, pid);
  });
  const { niceness = 0 } = options;
  const settled = setTimeout(() => niceness !== 0 && setNiceness(pid, niceness), STARTED_MS).unref();
  void exited.then(() => clearTimeout(settled));
  let running = true;
  void exited.then(() => (running = false));
  const group: ProcessGroup = {
    name: options.name,
    pid,
    exited,
    isRunning: () => running,
    end: (steps) => endGroup(pid, exited, steps),
  };
  LIVE.add(group);
  void exited.then(() => LIVE.delete(group));
  return group;
}

/** Signals the leader of a group step by step, then kills whatever of the group is left. */
export async function endGroup(pid: number, exited: Promise<unknown>, steps: readonly EndStep[]): Promise<void> {
  for (const { signal, graceMs } of steps) {
    if (!send(pid, signal)) break;
    if (await settlesWithin(exited, graceMs)) break;
  }
  send(-pid, 'SIGKILL');
  const deadline = Date.now() + 2_000;
  while (Date.now() < deadline && (lookUpProcess(pid) !== null || processesOfGroup(pid).length > 0)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Sends a signal; says whether there was anybody to receive it. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Whether the promise settles within `ms`; it goes on either way. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  try {
    return await Promise.race([
      promise.then(
        () => true,
        () => true,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

async function whenExited(child: ChildProcess, lastWords: string[]): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => setImmediate(() => resolve({ code, signal, lastWords: [...lastWords] })));
  });
}

function eachLine(take: (line: string) => void): () => (chunk: Buffer) => void {
  return () => {
    let rest = '';
    return (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') take(line);
    };
  };
}
