import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';

const quiet = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: console.warn,
  error: console.error,
};

/**
 * The workflow bundle as a file in `cacheDir`, built when no file for these sources and this SDK is there. `workflowsPath`
 * is the bundle's entry; every file below its folder counts. Throws the bundler's error for code that does not build.
 */
export async function workflowBundle(workflowsPath: string, cacheDir: string): Promise<{ codePath: string }> {
  const codePath = join(cacheDir, `workflows-${fingerprint(join(workflowsPath, '..'))}.cjs`);
  if (existsSync(codePath)) return { codePath };
  mkdirSync(cacheDir, { recursive: true });
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet });
  const unfinished = `${codePath}.${process.pid}`;
  writeFileSync(unfinished, code);
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
