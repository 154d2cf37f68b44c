import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../../infra/stack/checkout.ts';
import { freePort } from '../../infra/stack/ports.ts';
import { endLeftovers } from '../../infra/stack/process-record.ts';
import { endStalePostgres } from '../../infra/stack/postgres-leftovers.ts';
import { lookUpProcess, processesOfGroup } from '../../infra/stack/process-list.ts';
import { eventually } from './eventually.ts';

export interface StackOptions {
  /** Checkout to start; ours by default. */
  checkout?: string;
  dataDir?: string;
  environment?: Record<string, string>;
  /** Program and arguments in front, such as one that takes the network away. */
  inside?: readonly string[];
}

/** A whole `npm start` as a child: the process of the supervisor, its output, its ports and its parts. */
export interface StackProcess {
  dataDir: string;
  environment: Record<string, string>;
  process: ChildProcess;
  output(): string;
  untilReady(withinMs?: number): Promise<void>;
  /** Pid of a part by its name, as the data folder notes it. */
  pidOf(part: string): number;
  /** Sends the signal to the supervisor and waits for its end; answers its status and the time it took. */
  end(signal?: NodeJS.Signals): Promise<{ status: number | null; ms: number }>;
  /** kill -9 for the group of the supervisor, as a lost terminal or an impatient person does. */
  killGroup(): Promise<void>;
  /** Ends whatever is left and removes the data. */
  clean(): Promise<void>;
}

/** Free ports for every part of one stack. */
export async function stackPorts(): Promise<Record<string, string>> {
  const names = ['PORT', 'ADMIN_PORT', 'PG_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'WORKER_METRICS_PORT'];
  const ports = await Promise.all(names.map(() => freePort()));
  return { ...Object.fromEntries(names.map((name, at) => [name, String(ports[at])])), HOST: '127.0.0.1' };
}

/** Starts a stack with free ports and a data folder of its own. */
export async function startStackProcess(options: StackOptions = {}): Promise<StackProcess> {
  const checkout = options.checkout ?? CHECKOUT;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'hookwise-stack-'));
  const environment = { ...(await stackPorts()), HOOKWISE_DATA_DIR: dataDir, ...options.environment };
  const [command, ...args] = [...(options.inside ?? []), process.execPath, join(checkout, 'infra', 'stack', 'up.mjs')];
  const given: Record<string, string | undefined> = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    HOOKWISE_CONSOLE_OUTPUT: process.env['HOOKWISE_CONSOLE_OUTPUT'],
    ...environment,
  };
  const child = spawn(command ?? process.execPath, args, {
    cwd: checkout,
    env: given as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let ended = false;
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  void exited.then(() => (ended = true));
  const runDir = join(dataDir, 'run');

  return {
    dataDir,
    environment,
    process: child,
    output: () => output,
    async untilReady(withinMs = 60_000) {
      await eventually(() => {
        if (ended) return true;
        return output.includes('HookWise is ready');
      }, withinMs).catch((cause: unknown) => {
        throw new Error(`The stack was not ready in ${withinMs} ms:\n${output}`, { cause });
      });
      if (ended) throw new Error(`The stack ended before it was ready:\n${output}`);
    },
    pidOf(part) {
      const { pid } = JSON.parse(readFileSync(join(runDir, `${part}.process.json`), 'utf8')) as { pid: number };
      return pid;
    },
    async end(signal = 'SIGTERM') {
      const began = Date.now();
      child.kill(signal);
      const status = await exited;
      return { status, ms: Date.now() - began };
    },
    async killGroup() {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
      await exited;
    },
    async clean() {
      if (child.pid && !ended) process.kill(-child.pid, 'SIGKILL');
      if (!ended) await exited;
      await endLeftovers(runDir);
      const cluster = join(dataDir, 'postgres');
      if (existsSync(cluster)) await endStalePostgres(cluster);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Command lines of the parts that a data folder notes as running now. */
export function runningParts(dataDir: string): Record<string, string> {
  const folder = join(dataDir, 'run');
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.process.json')) : [];
  return Object.fromEntries(
    names.flatMap((file) => {
      const { pid } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { pid: number };
      const command = lookUpProcess(pid)?.command ?? processesOfGroup(pid)[0]?.command;
      return command ? [[file.replace('.process.json', ''), command]] : [];
    }),
  );
}
