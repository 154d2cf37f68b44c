import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BUNDLER = fileURLToPath(new URL('bundle-main.ts', import.meta.url));

/**
 * The workflow bundle as a file in `cacheDir`, built when no file for these sources and this SDK is there. `workflowsPath`
 * is the bundle's entry; every file below its folder counts. Throws the bundler's error for code that does not build.
 * The bundler runs in a process of its own: its compiler would hold 100 MB of a worker for as long as that lives.
 */
export async function workflowBundle(workflowsPath: string, cacheDir: string): Promise<{ codePath: string }> {
  const codePath = join(cacheDir, `workflows-${fingerprint(join(workflowsPath, '..'))}.cjs`);
  if (existsSync(codePath)) return { codePath };
  mkdirSync(cacheDir, { recursive: true });
  const unfinished = `${codePath}.${process.pid}`;
  await promisify(execFile)(process.execPath, [BUNDLER, workflowsPath, unfinished]);
  renameSync(unfinished, codePath);
  return { codePath };
}

function fingerprint(folder: string): string {
  const hash = createHash('sha256').update(sdkVersion());
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) for (const entry of readdirSync(path).sort()) visit(join(path, entry));
    else hash.update(path.slice(folder.length)).update(readFileSync(path));
  };
  visit(folder);
  return hash.digest('hex').slice(0, 16);
}

function sdkVersion(): string {
  const manifest = createRequire(import.meta.url).resolve('@temporalio/worker/package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
