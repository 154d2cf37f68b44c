import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { lookUpProcess } from '../../../infra/stack/process-list.ts';
import { eventually } from '../../support/eventually.ts';
import { runningParts, stackPorts, startStackProcess, type StackProcess } from '../../support/stack-process.ts';
import { fixtureCheckout } from './fixture-checkout.ts';

let checkout: ReturnType<typeof fixtureCheckout>;
const started: StackProcess[] = [];
const start = async (options: Parameters<typeof startStackProcess>[0] = {}) => {
  const stack = await startStackProcess({ checkout: checkout.folder, ...options });
  started.push(stack);
  return stack;
};

beforeAll(() => {
  checkout = fixtureCheckout();
});
afterEach(async () => {
  for (const stack of started.splice(0)) await stack.clean();
});
afterAll(() => checkout.remove());

describe('the all-in-one', () => {
  test('starts every part, stops all in order within 15 s, and a second start keeps what the first made', async () => {
    const first = await start();
    await first.untilReady();
    const parts = runningParts(first.dataDir);
    expect(parts).toEqual({
      worker: expect.stringContaining('activities/worker.ts'),
      ingress: expect.stringContaining('ingress/main.ts'),
      admin: expect.stringContaining('admin/'),
      temporal: expect.stringMatching(/temporal.* start-dev/),
      postgres: expect.stringMatching(/postgres.* -D/),
    });
    expect(first.output()).toContain('First sign-in');
    const pids = Object.keys(parts).map((part) => first.pidOf(part));
    const { status, ms } = await first.end('SIGINT');
    expect(status).toBe(0);
    expect(ms).toBeLessThan(15_000);
    expect([...first.output().matchAll(/Stopped (\w+)/g)].map(([, part]) => part)).toEqual([
      'ingress',
      'worker',
      'admin',
      'temporal',
      'postgres',
    ]);
    expect(pids.filter((pid) => lookUpProcess(pid))).toEqual([]);
    const secrets = join(first.dataDir, 'secrets.json');
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
    const kept = readFileSync(secrets, 'utf8');

    const second = await start({ dataDir: first.dataDir });
    await second.untilReady(15_000);
    expect(readFileSync(secrets, 'utf8')).toBe(kept);
    expect(second.output()).not.toContain('First sign-in');
    await second.end();
  });

  test('brings back each part that is killed', async () => {
    const stack = await start();
    await stack.untilReady();
    for (const part of ['ingress', 'worker', 'admin', 'temporal', 'postgres']) {
      const before = stack.pidOf(part);
      process.kill(before, 'SIGKILL');
      await eventually(
        () =>
          existsSync(join(stack.dataDir, 'run', `${part}.process.json`)) &&
          stack.pidOf(part) !== before &&
          lookUpProcess(stack.pidOf(part)) !== null,
        20_000,
      );
    }
    await eventually(async () => (await fetch(`http://127.0.0.1:${stack.environment['PORT']}/health/ready`)).ok);
    expect((await stack.end()).status).toBe(0);
  });

  test('recovers by itself after kill -9 of the whole group', async () => {
    const killed = await start();
    await killed.untilReady();
    const left = Object.keys(runningParts(killed.dataDir)).map((part) => killed.pidOf(part));
    await killed.killGroup();
    expect(left.filter((pid) => lookUpProcess(pid)).length).toBeGreaterThan(0);

    const next = await start({ dataDir: killed.dataDir, environment: killed.environment });
    await next.untilReady();
    expect(next.output()).toContain('Ended what a killed start had left running');
    expect(left.filter((pid) => lookUpProcess(pid))).toEqual([]);
    expect((await next.end()).status).toBe(0);
  });

  test('follows an npm that was killed, and a start right after it waits its turn', async () => {
    const first = await start({ inside: ['npm', 'start', '--'], environment: { npm_config_update_notifier: 'false' } });
    await first.untilReady();
    first.process.kill('SIGKILL');
    const next = await start({ dataDir: first.dataDir, environment: first.environment });
    await next.untilReady();
    expect((await next.end()).status).toBe(0);
  });

  test('names a port that is in use before it starts anything', async () => {
    const ports = await stackPorts();
    const squatter = createServer().listen(Number(ports['TEMPORAL_PORT']), '127.0.0.1');
    try {
      const stack = await start({ environment: ports });
      await eventually(() => stack.process.exitCode !== null, 20_000);
      expect(stack.process.exitCode).toBe(1);
      expect(stack.output()).toContain(`Port ${ports['TEMPORAL_PORT']} (Temporal server) is in use by another program`);
      expect(stack.output()).toContain('set TEMPORAL_PORT');
      expect(existsSync(join(stack.dataDir, 'postgres'))).toBe(false);
    } finally {
      squatter.close();
    }
  });

  test('runs twice side by side, but not twice on one data folder', async () => {
    const [one, other] = [await start(), await start()];
    await Promise.all([one.untilReady(), other.untilReady()]);
    const again = await start({ dataDir: one.dataDir });
    await eventually(() => again.process.exitCode !== null, 20_000);
    expect(again.output()).toContain('already runs with the data folder');
    started.splice(started.indexOf(again), 1);
    expect(await Promise.all([one.end(), other.end()])).toEqual([
      expect.objectContaining({ status: 0 }),
      expect.objectContaining({ status: 0 }),
    ]);
  });

  test('stops in the middle of a start and leaves nothing behind', async () => {
    const stack = await start();
    await eventually(() => stack.output().includes('Starting Temporal'), 20_000);
    const { ms } = await stack.end();
    expect(ms).toBeLessThan(15_000);
    expect(runningParts(stack.dataDir)).toEqual({});
  });

  test('listens with Postgres and Temporal on loopback only', async (context) => {
    if (process.platform !== 'linux') return context.skip('only Linux tells which process listens where');
    const stack = await start();
    await stack.untilReady();
    for (const part of ['postgres', 'temporal']) {
      const addresses = listeningAddresses(stack.pidOf(part));
      expect(addresses.length).toBeGreaterThan(0);
      expect(addresses.filter((address) => !address.startsWith('127.'))).toEqual([]);
    }
  });

  test('needs no network but loopback', async (context) => {
    const alone = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"'];
    if (spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status !== 0)
      return context.skip('this machine lets nobody take the network away (unshare, ip)');
    const stack = await start({ inside: alone });
    await stack.untilReady();
    expect((await stack.end()).status).toBe(0);
  });
});

function listeningAddresses(pid: number): string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [/socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? ''];
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/net/${family}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && sockets.has(fields[9] ?? ''))
      .map((fields) => readableAddress(fields[1] ?? '')),
  );
}

/** `0100007F:1F90` is 127.0.0.1; of IPv6 only the mapped form of an IPv4 address is made readable. */
function readableAddress(hex: string): string {
  const words = hex.split(':')[0] ?? '';
  const last = words.slice(-8);
  if (
    words.length > 8 &&
    !words.slice(16, 24).toUpperCase().startsWith('FFFF') &&
    !words.startsWith('0000000000000000FFFF0000')
  )
    return words;
  return [6, 4, 2, 0].map((at) => Number.parseInt(last.slice(at, at + 2), 16)).join('.');
}
