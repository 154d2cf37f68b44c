import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const BUILDER = fileURLToPath(new URL('build-bundle.ts', import.meta.url));
const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url));

/**
 * The workflow bundle as a file in `cacheDir`, built and tried when no file for these sources and these packages is there.
 * `workflowsPath` is the bundle's entry; every file below its folder counts. Throws the bundler's error for code that does not
 * build, or the SDK's for a bundle that it cannot load. This is done by a process of its own: the bundler's compiler
 * would hold 100 MB of a worker for good, and what the SDK hooks in for a replay would slow each of its promises.
 */
export async function workflowBundle(workflowsPath: string, cacheDir: string): Promise<{ codePath: string }> {
  const codePath = join(cacheDir, `workflows-${fingerprint(join(workflowsPath, '..'))}.cjs`);
  if (existsSync(codePath)) return { codePath };
  mkdirSync(cacheDir, { recursive: true });
  const unfinished = `${codePath}.${process.pid}`;
  try {
    await promisify(execFile)(process.execPath, [BUILDER, workflowsPath, unfinished]);
    renameSync(unfinished, codePath);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return { codePath };
}

function fingerprint(folder: string): string {
  const hash = createHash('sha256').update(readFileSync(LOCK));
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) for (const entry of readdirSync(path).sort()) visit(join(path, entry));
    else hash.update(path.slice(folder.length)).update(readFileSync(path));
  };
  visit(folder);
  return hash.digest('hex').slice(0, 16);
}
