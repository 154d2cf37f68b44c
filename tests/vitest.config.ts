import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import CountReporter from './support/count-reporter.ts';

const countsFile = process.env['HOOKWISE_TEST_COUNTS'];
/** Tests that fetch a real language model run by themselves: `npm run test:model`. */
const withModel = 'tests/**/*.model.test.ts';
const isModelRun = process.env['HOOKWISE_TEST_MODEL'] === '1';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: [isModelRun ? withModel : 'tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'admin/.next/**', ...(isModelRun ? [] : [withModel])],
    globalSetup: ['tests/support/global-setup.ts'],
    reporters: countsFile ? ['default', new CountReporter({ file: countsFile })] : ['default'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    env: { NODE_ENV: 'test', NEXT_TELEMETRY_DISABLED: '1', BETTER_AUTH_TELEMETRY: '0', DO_NOT_TRACK: '1' },
  },
});
