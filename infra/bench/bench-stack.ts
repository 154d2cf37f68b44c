import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, type Pool } from '../database/pool.ts';
import { CHECKOUT, environment } from '../stack/checkout.ts';
import { freePort } from '../stack/ports.ts';
import { databaseUrl } from '../stack/postgres.ts';
import { spawnGroup } from '../stack/process-group.ts';
import { endLeftovers } from '../stack/process-record.ts';
import { createRestClient, type RestClient } from './rest-client.ts';
import type { SimulatorProcess } from './simulator-process.ts';

/** `npm start` as shipped, with a fresh data folder, ports of its own and its tickets at the simulator. */
export interface BenchStack {
  dataDir: string;
  ingressOrigin: string;
  adminOrigin: string;
  temporalAddress: string;
  rest: RestClient;
  pool: Pool;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Seconds from its start until it was ready. */
  readySeconds: number;
  /** Stops it in order and starts it again on the same data. Answers the seconds from that start until it was ready. */
  startAgain(): Promise<number>;
  signIn: { email: string; password: string };
  pidOf(part: string): number;
  stop(): Promise<void>;
}

const PORTS = ['PORT', 'ADMIN_PORT', 'PG_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'WORKER_METRICS_PORT'] as const;
const API_KEY = 'hw_bench';
const SIGN_IN = { email: 'bench@hookwise.local', password: 'bench correct horse' };
const START_MS = 300_000;

/** Starts one and resolves when it is ready. `more` adds variables to what is shipped. */
export async function startBenchStack(
  simulator: SimulatorProcess,
  more: Record<string, string>,
  say: (line: string) => void,
): Promise<BenchStack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookwise-bench-'));
  const ports = Object.fromEntries(
    await Promise.all(PORTS.map(async (name) => [name, String(await freePort())] as const)),
  );
  const origin = (name: (typeof PORTS)[number]) => `http://127.0.0.1:${ports[name]}`;
  const spawn = () =>
    spawnGroup({
      name: 'hookwise',
      command: globalThis.process.execPath,
      args: ['infra/stack/up.mjs'],
      cwd: CHECKOUT,
      env: {
        PATH: environment['PATH'],
        HOME: environment['HOME'],
        ...ports,
        HOST: '127.0.0.1',
        ADMIN_URL: origin('ADMIN_PORT'),
        HOOKWISE_DATA_DIR: dataDir,
        HOOKWISE_API_KEY: API_KEY,
        HOOKWISE_ADMIN_EMAIL: SIGN_IN.email,
        HOOKWISE_ADMIN_PASSWORD: SIGN_IN.password,
        ...simulator.environment,
        ...more,
      },
      onLine: (line) => /ended \(|did not start|ERROR|"level":[56]0/.test(line) && say(line),
    });
  const startedAt = Date.now();
  let group = await spawn();
  const rest = createRestClient(origin('ADMIN_PORT'), API_KEY);
  const end = () => group.end([{ signal: 'SIGTERM', graceMs: 20_000 }]);
  const stop = async () => {
    await end();
    await endLeftovers(join(dataDir, 'run'));
    rmSync(dataDir, { recursive: true, force: true });
  };
  const untilReady = () =>
    untilTrue(async () => {
      if (!group.isRunning()) throw new Error(`npm start ended:\n${(await group.exited).lastWords.join('\n')}`);
      const isUp = await fetch(`${origin('PORT')}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      return (
        isUp &&
        (await rest.get('/endpoints').then(
          () => true,
          () => false,
        ))
      );
    }, START_MS);
  await untilReady().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const readySeconds = (Date.now() - startedAt) / 1_000;
  const pool = createPool(databaseUrl(dataDir, Number(ports['PG_PORT'])), {
    name: 'bench',
    max: 2,
    statementTimeoutMs: 60_000,
  });
  return {
    dataDir,
    ingressOrigin: origin('PORT'),
    adminOrigin: origin('ADMIN_PORT'),
    temporalAddress: `127.0.0.1:${ports['TEMPORAL_PORT']}`,
    rest,
    pool,
    startedAt,
    readySeconds,
    async startAgain() {
      await end();
      const beganAt = Date.now();
      group = await spawn();
      await untilReady();
      return (Date.now() - beganAt) / 1_000;
    },
    signIn: SIGN_IN,
    pidOf: (part) =>
      (JSON.parse(readFileSync(join(dataDir, 'run', `${part}.process.json`), 'utf8')) as { pid: number }).pid,
    async stop() {
      await pool.end();
      await stop();
    },
  };
}

/** Asks every 50 ms until the answer is yes; throws after `withinMs`. Answers the milliseconds it took. */
export async function untilTrue(ask: () => Promise<boolean>, withinMs: number): Promise<number> {
  const began = Date.now();
  while (!(await ask())) {
    if (Date.now() - began > withinMs) throw new Error(`It did not become true within ${withinMs / 1_000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return Date.now() - began;
}

/** Waits until nothing received is unplanned and no alert is unsettled. Answers the milliseconds it took. */
export function untilQuiet({ pool }: BenchStack, withinMs: number): Promise<number> {
  return untilTrue(async () => {
    const { rows } = await pool.query<{ busy: boolean }>(
      `select exists (select from webhook where state = 'received') or exists (select from alert where not settled) as busy`,
    );
    return rows[0]?.busy === false;
  }, withinMs);
}
