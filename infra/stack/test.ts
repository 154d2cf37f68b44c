import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from './checkout.ts';
import { findTemporalCli, findTemporalTestServer } from './find-temporal.ts';
import { endEveryGroup } from './process-group.ts';
import { createScreen } from './screen.ts';
import { NO_CALLING_HOME } from './settings.ts';
import { runVitest } from './vitest-run.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Each skipped test with why. */
  reasons: string[];
}

/**
 * `npm test`: gets what the tests need, runs them all, and ends with one plain line of counts. Arguments go to vitest, but for
 * `--real-model`, which runs the tests with a real language model instead of all others (`npm run test:model`).
 */
const given = process.argv.slice(2);
const screen = createScreen();
const folder = mkdtempSync(join(tmpdir(), 'hookwise-counts-'));
const countsFile = join(folder, 'counts.json');
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void endEveryGroup().finally(() => process.exit(1)));

let status = 1;
try {
  await findTemporalCli(screen.say);
  await findTemporalTestServer(screen.say);
  const vitest = given.filter((argument) => argument !== '--real-model');
  status = await runVitest(vitest, {
    ...environment,
    ...NO_CALLING_HOME,
    HOOKWISE_TEST_COUNTS: countsFile,
    ...(vitest.length < given.length ? { HOOKWISE_TEST_MODEL: '1' } : {}),
  });
} catch (error) {
  screen.say(error instanceof Error ? error.message : String(error));
}
const counts = readCounts();
if (status !== 0 && counts.failed === 0) counts.failed = 1;
for (const reason of counts.reasons) console.log(`skipped: ${reason}`);
rmSync(folder, { recursive: true, force: true });
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : status);

function readCounts(): Counts {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8')) as Counts;
  } catch {
    return { passed: 0, failed: 1, skipped: 0, reasons: [] };
  }
}
