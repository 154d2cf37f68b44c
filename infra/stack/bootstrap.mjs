/** Plain JavaScript for any Node from 20 on: installs what is missing, then goes on with TypeScript on the pinned Node. */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stackEnvironment } from '../config/stack-env.mjs';
import { ensureInstalled } from './install.mjs';

export const CHECKOUT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const OLDEST_START = 20;
const OLDEST_TYPESCRIPT = 24;

/** @param {string} line */
const say = (line) => console.error(`hookwise  | ${line}`);

/**
 * Makes sure that everything is installed and runs `script` (relative to the checkout) on the pinned Node, in this process
 * where that is the pinned Node already. Ends the process with the script's own exit status.
 * @param {string} script
 * @param {string[]} args
 */
export async function runOnPinnedNode(script, args) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_START) fail(`This needs Node ${OLDEST_START} or newer; this is ${process.version}.`);
  try {
    await ensureInstalled(CHECKOUT, stackEnvironment(CHECKOUT), say);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  const node = pinnedNode();
  const path = join(CHECKOUT, script);
  if (node === null && major < OLDEST_TYPESCRIPT) {
    fail(
      `There is no pinned Node for ${process.platform}-${process.arch}, and this is ${process.version}: install Node ${OLDEST_TYPESCRIPT} or newer and start again.`,
    );
  }
  if (node === null || realpathSync(node) === realpathSync(process.execPath) || process.version === versionOf(node)) {
    process.argv = [process.execPath, path, ...args];
    await import(pathToFileURL(path).href);
    return;
  }
  process.exit(await runIn(node, [path, ...args]));
}

/** Path of the pinned Node, linked where npm's scripts find it first; `null` where no package of it fits this machine. */
export function pinnedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const modules = join(CHECKOUT, 'node_modules');
  for (const name of [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`, 'node']) {
    const path = join(modules, name, 'bin', file);
    if (!existsSync(path) || spawnSync(path, ['--version'], { stdio: 'ignore' }).status !== 0) continue;
    linkForScripts(modules, path);
    return path;
  }
  return null;
}

/** @param {string} node */
function versionOf(node) {
  try {
    return `v${JSON.parse(readFileSync(join(dirname(dirname(node)), 'package.json'), 'utf8')).version}`;
  } catch {
    return null;
  }
}

/** npm does not link the `node` of a platform's package by itself when the package `node` is there too and may not run its script. */
function linkForScripts(modules, path) {
  if (process.platform === 'win32') return;
  const link = join(modules, '.bin', 'node');
  const target = relative(dirname(link), path);
  try {
    const there = lstatSync(link, { throwIfNoEntry: false });
    if (there?.isSymbolicLink() && existsSync(link)) return;
    if (there && readlinkSync(link) === target) return;
    rmSync(link, { force: true });
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  } catch {
    // A read-only checkout runs without the link: scripts then start on the Node of the machine and come here.
  }
}

/** Runs the pinned Node as our child, hands every signal on, and answers its exit status. */
async function runIn(node, args) {
  const child = spawn(node, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    cwd: CHECKOUT,
    env: stackEnvironment(CHECKOUT),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const watch = stopWithNpm(() => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.once('error', (error) => fail(`The pinned Node could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}

/** An npm that was killed cannot tell us; that our parent changed does. */
function stopWithNpm(stop) {
  const parent = process.ppid;
  const underNpm = Boolean(stackEnvironment(CHECKOUT).npm_lifecycle_event);
  const watch = setInterval(() => {
    if (!underNpm || process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 1_000);
  watch.unref();
  return watch;
}

/** @param {string} line @returns {never} */
function fail(line) {
  say(line);
  process.exit(1);
}
