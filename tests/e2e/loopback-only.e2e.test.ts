import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CHECKOUT } from '../../infra/stack/checkout.ts';

const STORY = 'tests/support/loopback-story.ts';

test('what is shipped makes a ticket where no network but loopback is', { timeout: 400_000 }, async (context) => {
  if (spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status !== 0)
    return context.skip('this machine lets nobody take the network away (unshare, ip)');
  const alone = ['--net', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"', process.execPath, STORY];
  const { stdout } = await promisify(execFile)('unshare', alone, { cwd: CHECKOUT });
  expect(stdout).toMatch(/made ticket \d+/);
});
