import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { endStalePostgres } from './postgres-leftovers.ts';
import { preparePostgresHome, type PostgresHome } from './postgres-home.ts';
import { spawnGroup, type ProcessGroup } from './process-group.ts';

export interface PostgresOptions {
  /** Folder in which the cluster, its password and its pid note are kept. Made when absent. */
  dataDir: string;
  port: number;
  recordDir?: string;
  /** Notices for people: folders moved, recovery under way. */
  say?: (line: string) => void;
  /** The server's own log lines. */
  onLine?: (line: string) => void;
  /** More `-c name=value` settings. */
  settings?: Record<string, string>;
}

export interface RunningPostgres {
  url: string;
  group: ProcessGroup;
  stop(graceMs?: number): Promise<void>;
}

export const POSTGRES_SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  // A new segment would be filled with zeros by whoever commits, while all others wait 100 ms; many are kept for use again.
  wal_init_zero: 'off',
  min_wal_size: '1GB',
  jit: 'off',
  idle_in_transaction_session_timeout: '10s',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
} as const;

const USER = 'hookwise';
const DATABASE = 'hookwise';
const RECOVERY_MS = 300_000;

/**
 * Starts the embedded Postgres on loopback, making its cluster and the database `hookwise` on the first start and
 * recovering from a killed earlier one. Resolves when it takes queries; throws with the server's last words otherwise.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const say = options.say ?? (() => undefined);
  const home = await preparePostgresHome(options.dataDir, say);
  const password = keptPassword(options.dataDir);
  if (!existsSync(join(home.cluster, 'PG_VERSION'))) makeCluster(home, password);
  await endStalePostgres(realpathSync(home.cluster));
  const settings = { ...POSTGRES_SETTINGS, ...options.settings };
  const group = await spawnGroup({
    name: 'postgres',
    command: join(home.binaries, 'bin', 'postgres'),
    args: [
      '-D',
      home.cluster,
      '-p',
      String(options.port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    env: environment(home),
    cwd: '/',
    ...home.user,
    ...(options.recordDir ? { recordDir: options.recordDir } : {}),
    ...(options.onLine ? { onLine: options.onLine } : {}),
  });
  const admin = addressOf(password, options.port, 'postgres');
  const stop = (graceMs = 8_000) =>
    group.end([
      { signal: 'SIGINT', graceMs },
      { signal: 'SIGQUIT', graceMs: 2_000 },
    ]);
  try {
    await takesQueries(admin, group, say);
    await ensureDatabase(admin);
  } catch (error) {
    await stop(1_000);
    throw error;
  }
  return { url: databaseUrl(options.dataDir, options.port), group, stop };
}

/** Address of the database that the embedded Postgres of this data folder serves on `port`, running or not. */
export function databaseUrl(dataDir: string, port: number): string {
  return addressOf(keptPassword(dataDir), port, DATABASE);
}

const addressOf = (password: string, port: number, database: string) =>
  `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;

function keptPassword(dataDir: string): string {
  const file = join(dataDir, 'postgres-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** The cluster is made beside its place and moved there when whole, so that a start killed half-way leaves nothing half made. */
function makeCluster(home: PostgresHome, password: string): void {
  const fresh = join(dirname(home.cluster), `${DATABASE}-cluster-being-made`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const secret = join(fresh, '..', `${DATABASE}-password-being-set`);
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (home.user) for (const path of [fresh, secret]) chownSync(path, home.user.uid, home.user.gid);
  const run = (locale: readonly string[]) =>
    spawnSync(
      join(home.binaries, 'bin', 'initdb'),
      ['-D', fresh, '--encoding=UTF8', ...locale, `--username=${USER}`, '--auth=scram-sha-256', `--pwfile=${secret}`],
      { cwd: '/', encoding: 'utf8', env: environment(home) as NodeJS.ProcessEnv, ...home.user },
    );
  try {
    let made = run(['--locale=C.UTF-8']);
    if (made.status !== 0 && made.stderr.includes('locale'))
      made = run(['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']);
    if (made.status !== 0)
      throw new Error(`initdb could not make the database cluster: ${made.error?.message ?? made.stderr.trim()}`);
    renameSync(fresh, home.cluster);
  } finally {
    rmSync(secret, { force: true });
  }
}

function environment(home: PostgresHome): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: dirname(home.cluster), LC_ALL: 'C', TZ: 'UTC', PGTZ: 'UTC' };
}

async function takesQueries(url: string, group: ProcessGroup, say: (line: string) => void): Promise<void> {
  const began = Date.now();
  let ended: string[] | null = null;
  let saidSlow = false;
  void group.exited.then(({ lastWords }) => (ended = lastWords));
  while (ended === null && Date.now() - began < RECOVERY_MS) {
    if (await answers(url)) return;
    if (!saidSlow && Date.now() - began > 5_000) {
      saidSlow = true;
      say('Postgres is recovering from an unclean end; this can take a while.');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    `Postgres did not start. Its last words:\n${((ended as string[] | null) ?? ['(none in 5 minutes)']).slice(-8).join('\n')}`,
  );
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
