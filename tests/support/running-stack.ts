import { readFileSync, readdirSync } from 'node:fs';
import { createRestClient, type MadeEndpoint, type RestClient } from '../../infra/bench/rest-client.ts';
import type { SimulatorProcess } from '../../infra/bench/simulator-process.ts';
import { createPool, type Pool } from '../../infra/database/pool.ts';
import { CHECKOUT } from '../../infra/stack/checkout.ts';
import { databaseUrl } from '../../infra/stack/postgres.ts';
import { spawnGroup, type ProcessGroup } from '../../infra/stack/process-group.ts';
import { lookUpProcess } from '../../infra/stack/process-list.ts';
import { readSecrets } from '../../infra/stack/secrets.ts';
import { eventually } from './eventually.ts';
import { startStackProcess, type StackProcess } from './stack-process.ts';

/** Parts as the contract names them: how their command line reads. */
export const PARTS = {
  ingress: /ingress\/main\.ts/,
  worker: /activities\/worker\.ts/,
  admin: /next-server|admin\//,
  temporal: /temporal.* start-dev/,
  postgres: /postgres.* -D/,
} as const;
export type PartName = keyof typeof PARTS;

/** The real `npm start` with a data folder and ports of its own, and what a test does with it. */
export interface RunningStack {
  stack: StackProcess;
  ingressOrigin: string;
  adminOrigin: string;
  rest: RestClient;
  /** Reads the facts; it comes back by itself after Postgres was killed. */
  pool: Pool;
  makeEndpoint(config: Record<string, unknown>): Promise<MadeEndpoint>;
  untilReady(withinMs: number): Promise<void>;
  pidOf(part: PartName): number;
  /** kill -9 of one part. Answers the pid it had. */
  kill(part: PartName): number;
  /** One more process of ours beside those of `npm start`, with other ports. */
  startExtra(entry: string, environment: Record<string, string>): Promise<ProcessGroup>;
  /** SIGTERM; throws when it takes longer than 15 s, ends badly, or leaves a process behind. */
  stop(): Promise<number>;
  /** Ends whatever is left and removes the data. */
  clean(): Promise<void>;
}

export const API_KEY = 'hw_chaos-and-bench';

/** Starts `npm start`; with a simulator its tickets go there, else to the desk. Ready when this resolves. */
export async function startRunningStack(
  options: {
    simulator?: SimulatorProcess;
    dataDir?: string;
    environment?: Record<string, string>;
    readyWithinMs?: number;
  } = {},
): Promise<RunningStack> {
  const environment = {
    HOOKWISE_API_KEY: API_KEY,
    HOOKWISE_ADMIN_PASSWORD: 'correct horse battery',
    LOG_LEVEL: 'warn',
    ...options.simulator?.environment,
    ...options.environment,
  };
  const stack = await startStackProcess({ environment, ...(options.dataDir ? { dataDir: options.dataDir } : {}) });
  const at = (name: string) => `http://127.0.0.1:${stack.environment[name]}`;
  const [ingressOrigin, adminOrigin] = [at('PORT'), at('ADMIN_PORT')];
  const rest = createRestClient(adminOrigin, API_KEY);
  const extras: ProcessGroup[] = [];
  const isReady = async () => {
    const answers = await Promise.all([
      fetch(`${ingressOrigin}/health/ready`),
      fetch(`${adminOrigin}/api/v1/endpoints`, { headers: { Authorization: `Bearer ${API_KEY}` } }),
    ]);
    await Promise.all(answers.map((answer) => answer.text()));
    return answers.every(({ status }) => status === 200);
  };
  await stack.untilReady(options.readyWithinMs ?? 300_000).catch(async (error: unknown) => {
    await stack.clean();
    throw error;
  });
  await eventually(isReady, 10_000, 100);
  const pool = createPool(databaseUrl(stack.dataDir, Number(stack.environment['PG_PORT'])), {
    name: 'chaos',
    max: 4,
    statementTimeoutMs: 30_000,
  });
  const pidOf = (part: PartName) => {
    const pid = stack.pidOf(part);
    const command = lookUpProcess(pid)?.command ?? '';
    if (!PARTS[part].test(command))
      throw new Error(`Process ${pid} of ${part} has another command line than promised: ${command}`);
    return pid;
  };

  return {
    stack,
    ingressOrigin,
    adminOrigin,
    rest,
    pool,
    makeEndpoint: (config) => rest.post<MadeEndpoint>('/endpoints', config),
    untilReady: async (withinMs) => void (await eventually(isReady, withinMs, 100)),
    pidOf,
    kill(part) {
      const pid = pidOf(part);
      process.kill(pid, 'SIGKILL');
      return pid;
    },
    async startExtra(entry, more) {
      const secrets = readSecrets(stack.dataDir, environment, () => undefined);
      const own = {
        DATABASE_URL: databaseUrl(stack.dataDir, Number(stack.environment['PG_PORT'])),
        TEMPORAL_ADDRESS: `127.0.0.1:${stack.environment['TEMPORAL_PORT']}`,
        NODE_ENV: 'production',
        ...more,
      };
      const env = { PATH: process.env['PATH'], ...stack.environment, ...secrets.environment, ...own };
      const group = await spawnGroup({ name: entry, command: process.execPath, args: [entry], cwd: CHECKOUT, env });
      extras.push(group);
      return group;
    },
    async stop() {
      await pool.end();
      await endExtras(extras);
      const { status, ms } = await stack.end();
      const left = processesNaming(stack.dataDir);
      if (status !== 0) throw new Error(`The stack ended with status ${status}:\n${stack.output()}`);
      if (ms > 15_000) throw new Error(`Stopping took ${ms} ms:\n${stack.output()}`);
      if (left.length > 0) throw new Error(`These processes were left behind:\n${left.join('\n')}`);
      return ms;
    },
    async clean() {
      if (!pool.ended) await pool.end();
      await endExtras(extras);
      await stack.clean();
    },
  };
}

async function endExtras(extras: ProcessGroup[]): Promise<void> {
  await Promise.all(extras.splice(0).map((group) => group.end([{ signal: 'SIGTERM', graceMs: 8_000 }])));
}

/** Every process whose command line or environment names this folder, but ourselves. */
export function processesNaming(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const [command, environment] = ['cmdline', 'environ'].map((file) => readProc(`/proc/${pid}/${file}`));
      return `${command}\0${environment}`.includes(folder) ? [`${pid} ${command?.replaceAll('\0', ' ')}`] : [];
    });
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
