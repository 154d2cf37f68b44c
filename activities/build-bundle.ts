import { writeFileSync } from 'node:fs';
import { bundleWorkflowCode } from '@temporalio/worker';
import { probeBundle } from './probe-bundle.ts';
import { installQuietRuntime } from './replay.ts';

const quiet = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: console.warn,
  error: console.error,
};

/** `node activities/build-bundle.ts <entry of the workflows> <file>`: writes their bundle into the file and begins an incident in it. */
const [workflowsPath, file] = process.argv.slice(2);
if (!workflowsPath || !file) throw new Error('Usage: build-bundle.ts <entry of the workflows> <file to write>');
const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet });
writeFileSync(file, code);
installQuietRuntime();
await probeBundle({ codePath: file });
