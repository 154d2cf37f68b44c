import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HEARTBEAT_MS = 5_000;
/** Scripts are not run: what they would do is done at start, so an npm that blocks them and one that runs them install the same. */
const ARGUMENTS = [
  'ci',
  '--include=dev',
  '--include=optional',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

/**
 * Runs `npm ci` when node_modules is not what package-lock.json says for this machine.
 * @param {string} checkout
 * @param {Record<string, string | undefined>} environment
 * @param {(line: string) => void} say
 */
export async function ensureInstalled(checkout, environment, say) {
  if (whatIsMissing(checkout) === null) return;
  const lock = await takeLock(checkout, say);
  try {
    const missing = whatIsMissing(checkout);
    if (missing === null) return;
    say(`Installing packages with npm ci (${missing}).`);
    const began = Date.now();
    await npm(checkout, environment, ARGUMENTS, () =>
      say(`Installing packages … ${Math.round((Date.now() - began) / 1_000)} s`),
    );
    say(`Packages installed in ${Math.round((Date.now() - began) / 1_000)} s.`);
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Compares what npm wrote down about node_modules with the lock file: a word for people, or `null` when nothing is missing.
 * @param {string} checkout
 * @returns {string | null}
 */
export function whatIsMissing(checkout) {
  const installed = join(checkout, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return 'nothing is installed yet';
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages ?? {};
  const want = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')).packages ?? {};
  for (const [path, entry] of Object.entries(want)) {
    if (path === '' || have[path]?.version === entry.version) continue;
    if (have[path] === undefined && (entry.optional || entry.peer || entry.devOptional) && !(entry.os && fits(entry)))
      continue;
    return `${path.replace(/^.*node_modules\//, '')} ${entry.version} is wanted`;
  }
  return null;
}

function fits({ os, cpu, libc }) {
  const holds = (list, mine) => {
    const words = [list ?? []].flat();
    if (words.length === 0) return true;
    return words.some((word) => word.startsWith('!')) ? !words.includes(`!${mine}`) : words.includes(mine);
  };
  return holds(os, process.platform) && holds(cpu, process.arch) && (!libc || holds(libc, libraryOfC()));
}

let knownLibrary;
function libraryOfC() {
  if (knownLibrary === undefined) {
    process.report.excludeNetwork = true;
    knownLibrary = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  }
  return knownLibrary;
}

async function npm(checkout, environment, args, onHeartbeat) {
  const viaNpm = environment.npm_execpath?.endsWith('npm-cli.js') && existsSync(environment.npm_execpath);
  const [command, first] = viaNpm
    ? [process.execPath, [environment.npm_execpath]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const child = spawn(command, [...first, ...args], {
    cwd: checkout,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (words = (words + chunk).slice(-8_000)));
  const heartbeat = setInterval(onHeartbeat, HEARTBEAT_MS);
  const stop = (signal) => {
    child.kill(signal);
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', (error) =>
        reject(new Error(`npm could not be started (${error.message}). Install npm, then start again.`)),
      );
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`npm ci ended with status ${code}. Its last words:\n${words.trim()}`);
  } finally {
    clearInterval(heartbeat);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop);
  }
}

/** Two starts from one fresh checkout must not install at once. */
async function takeLock(checkout, say) {
  const path = join(
    tmpdir(),
    `hookwise-install-${createHash('sha256').update(checkout).digest('hex').slice(0, 16)}.lock`,
  );
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  for (let waited = 0; ; waited += 1) {
    try {
      linkSync(own, path);
      rmSync(own, { force: true });
      return path;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isAlive(Number(readIfThere(path)))) rmSync(path, { force: true });
      else if (waited % 25 === 0) say('Another start installs the packages; waiting for it.');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return pid > 0;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
