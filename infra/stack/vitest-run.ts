import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';

/** Runs vitest with our configuration on this Node and answers its exit status. Its output goes where ours goes. */
export async function runVitest(
  args: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<number> {
  const child = spawn(
    process.execPath,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', 'tests/vitest.config.ts', ...args],
    {
      cwd: CHECKOUT,
      env: environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const hand = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGTERM', hand);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}
