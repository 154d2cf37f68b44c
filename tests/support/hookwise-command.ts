import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { CHECKOUT } from '../../infra/stack/checkout.ts';

export interface Outcome {
  status: number;
  out: string;
  err: string;
}

/** `npm run hookwise -- …args` in `cwd`, with nothing of this process's environment but PATH and what is given; `input` is its standard input. */
export function hookwise(
  args: readonly string[],
  { cwd, env, input = '' }: { cwd: string; env: Record<string, string>; input?: string },
): Promise<Outcome> {
  const given: Record<string, string | undefined> = { PATH: process.env['PATH'], ...env };
  return new Promise((done) => {
    const running = execFile(
      process.execPath,
      [join(CHECKOUT, 'infra/cli/main.ts'), ...args],
      { cwd, env: given as NodeJS.ProcessEnv },
      (error, out, err) =>
        done({ status: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err }),
    );
    running.stdin?.end(input);
  });
}
