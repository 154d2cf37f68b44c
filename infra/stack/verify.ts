import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CHECKOUT, environment } from './checkout.ts';
import { createScreen } from './screen.ts';
import { plainTests } from './plain-tests.ts';
import { runVitest } from './vitest-run.ts';

/** The quick checks, by the name a person knows them by. */
export const CHECKS: readonly { name: string; args: readonly string[] }[] = [
  { name: 'format', args: [join('node_modules', 'oxfmt', 'bin', 'oxfmt'), '--check'] },
  { name: 'lint', args: [join('node_modules', 'oxlint', 'bin', 'oxlint'), '--deny-warnings'] },
  { name: 'types', args: [join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json'] },
];

if (process.argv[1]?.endsWith('verify.ts')) await verify();

/** `npm run verify`: format, lint, types and the plain tests. Goes through all of them and ends with a failure if any failed. */
async function verify(): Promise<void> {
  const screen = createScreen();
  const failed: string[] = [];
  for (const { name, args } of CHECKS) {
    const { status } = spawnSync(process.execPath, args, { cwd: CHECKOUT, stdio: ['ignore', 'inherit', 'inherit'] });
    screen.say(`${name}: ${status === 0 ? 'good' : 'has faults'}`);
    if (status !== 0) failed.push(name);
  }
  if ((await runVitest(plainTests(), environment)) !== 0) failed.push('tests');
  screen.say(failed.length === 0 ? 'Everything is good.' : `Faults in: ${failed.join(', ')}.`);
  process.exit(failed.length === 0 ? 0 : 1);
}
