import { writeFileSync } from 'node:fs';
import { bundleWorkflowCode } from '@temporalio/worker';

const quiet = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: console.warn,
  error: console.error,
};

/** `node infra/temporal/bundle-main.ts <entry of the workflows> <file>`: writes the bundle of the workflows into the file. */
const [workflowsPath, file] = process.argv.slice(2);
if (!workflowsPath || !file) throw new Error('Usage: bundle-main.ts <entry of the workflows> <file to write>');
const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet });
writeFileSync(file, code);
