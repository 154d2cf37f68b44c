/** A process of its own: has the SDK fetch a server into a folder by starting it once. Arguments: kind, folder. */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [kind, downloadDir] = process.argv.slice(2);
if (!downloadDir) throw new Error('The folder to download into is missing.');
const executable = { type: 'cached-download', downloadDir } as const;
const started =
  kind === 'dev-server'
    ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
    : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
await started.teardown();
