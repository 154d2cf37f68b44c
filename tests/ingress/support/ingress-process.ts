import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../infra/stack/ports.ts';
import { eventually } from '../../support/eventually.ts';
import { ENCRYPTION_KEY } from './test-ingress.ts';

/** `ingress/main.ts` as a process of its own, with the heap that `npm start` gives it. */
export interface IngressProcess {
  url: string;
  pid: number;
  output(): string;
  /** Its exit status, once it ended. */
  ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** Most memory it ever held, in MiB. */
  peakMemoryMiB(): number;
}

const MAIN = fileURLToPath(new URL('../../../ingress/main.ts', import.meta.url));

export async function spawnIngress(
  environment: Record<string, string>,
  until: '/health/live' | '/health/ready' | null = '/health/ready',
): Promise<IngressProcess> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, ['--max-old-space-size=160', MAIN], {
    env: {
      NODE_ENV: 'test',
      PATH: process.env['PATH'],
      ENCRYPTION_KEY,
      HOST: '127.0.0.1',
      PORT: String(port),
      ROLES: 'ingress',
      TEMPORAL_PORT: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const url = `http://127.0.0.1:${port}`;
  const pid = child.pid ?? 0;
  if (until !== null) await eventually(async () => (await fetch(url + until)).ok, 20_000);
  return {
    url,
    pid,
    output: () => text,
    ended,
    kill: (signal) => void child.kill(signal),
    peakMemoryMiB: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024,
  };
}
