import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Connection } from '@temporalio/client';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTemporalCli } from '../../../infra/stack/find-temporal.ts';
import { freePort } from '../../../infra/stack/ports.ts';
import { startPostgres, type RunningPostgres } from '../../../infra/stack/postgres.ts';
import { startTemporal, type RunningTemporal } from '../../../infra/stack/temporal-server.ts';

let folder: string;
const running: (RunningPostgres | RunningTemporal)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookwise-servers-'));
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop(1_000);
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded Postgres', () => {
  const start = async (dataDir: string, say: (line: string) => void = () => undefined) => {
    const server = await startPostgres({ dataDir, port: await freePort(), say });
    running.push(server);
    return server;
  };

  test('comes back with its data after kill -9, with a lock file that names a stranger', async () => {
    const first = await start(folder);
    await query(first.url, 'create table kept as select 7 as number');
    process.kill(first.group.pid, 'SIGKILL');
    await first.group.exited;
    const lock = join(folder, 'postgres', 'postmaster.pid');
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(process.pid)));
    const second = await start(folder);
    expect(await query(second.url, 'select number from kept')).toEqual([{ number: 7 }]);
  });

  test('ends a server of a killed start that still runs on the same data', async () => {
    const orphan = await start(folder);
    running.splice(0);
    const next = await start(folder);
    expect(orphan.group.isRunning()).toBe(false);
    expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('makes its cluster anew when the first start was killed while making it', async () => {
    mkdirSync(join(folder, 'hookwise-cluster-being-made'), { recursive: true });
    writeFileSync(join(folder, 'hookwise-cluster-being-made', 'PG_VERSION'), '18');
    const server = await start(folder);
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('as root, keeps its data where its user can enter, says so, and finds them again', async (context) => {
    if (process.getuid?.() !== 0) return context.skip('only root runs Postgres as another user');
    const closed = join(folder, 'closed');
    mkdirSync(join(closed, 'data'), { recursive: true });
    chmodSync(closed, 0o700);
    const said: string[] = [];
    const first = await start(join(closed, 'data'), (line) => said.push(line));
    expect(said.join()).toContain('cannot enter');
    await query(first.url, 'create table kept as select 1 as one');
    await first.stop();
    const second = await start(join(closed, 'data'));
    expect(await query(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await second.stop();
    rmSync(dirname(readFileSync(join(closed, 'data', 'postgres-folder.txt'), 'utf8').trim()), { recursive: true });
  });
});

describe('the Temporal dev server', () => {
  const start = async (say: (line: string) => void = () => undefined) => {
    const [port, uiPort] = [await freePort(), await freePort()];
    const cli = await findTemporalCli();
    const server = await startTemporal({ cli, dataDir: folder, port, uiPort, retentionDays: 30, say });
    running.push(server);
    return server;
  };
  const file = () => join(folder, 'temporal', 'temporal.db');

  test('keeps histories as long as it is told, and serves its Web UI', async () => {
    const server = await start();
    const connection = await Connection.connect({ address: server.address });
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    await connection.close();
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
    expect((await fetch(server.uiUrl ?? '')).status).toBe(200);
  });

  test('sets a database that it cannot open aside, says so, and goes on with a fresh one', async () => {
    await (await start()).stop();
    rmSync(`${file()}-wal`, { force: true });
    writeFileSync(file(), 'this is not a database '.repeat(1_000));
    const said: string[] = [];
    await start((line) => said.push(line));
    expect(said.join()).toContain('set aside');
    expect(readdirSync(dirname(file())).filter((name) => name.includes('set-aside')).length).toBeGreaterThan(0);
  });

  test('starts afresh over a file that a first start left half made, and over a deleted one', async () => {
    mkdirSync(dirname(file()), { recursive: true });
    writeFileSync(file(), '');
    await (await start()).stop();
    rmSync(file());
    const said: string[] = [];
    await start((line) => said.push(line));
    expect(said).toEqual([]);
    expect(existsSync(file())).toBe(true);
  });

  test('blames a taken port on the port and leaves the database where it is', async () => {
    const first = await start();
    await first.stop();
    const cli = await findTemporalCli();
    const other = await startTemporal({ cli, dataDir: null, port: await freePort(), uiPort: null, retentionDays: 1 });
    running.push(other);
    const port = Number(other.address.split(':')[1]);
    const taken = startTemporal({ cli, dataDir: folder, port, uiPort: null, retentionDays: 1 });
    await expect(taken).rejects.toThrow('did not start');
    expect(readdirSync(dirname(file())).filter((name) => name.includes('set-aside'))).toEqual([]);
  });
});

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
