import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

/** Runs `bareWorkflow` with the same settings as the worker that is shipped; prints a line for each finished activity. */
const { values } = parseArgs({
  options: { address: { type: 'string', default: '' }, 'call-ms': { type: 'string', default: '20' } },
});
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: ['SIGTERM'] });
const connection = await NativeConnection.connect({ address: values.address });
const callMs = Number(values['call-ms']);
const callOnce = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, callMs));
  process.stdout.write('done\n');
};
const workers = await Promise.all([
  Worker.create({
    connection,
    taskQueue: 'bench-bare',
    workflowsPath: fileURLToPath(new URL('bare.workflow.ts', import.meta.url)),
    maxCachedWorkflows: 600,
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 4, minimum: 2, maximum: 10 },
  }),
  Worker.create({
    connection,
    taskQueue: 'bench-bare-calls',
    activities: { callOnce },
    maxConcurrentActivityTaskExecutions: 60,
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 4, minimum: 2, maximum: 10 },
  }),
]);
process.stdout.write('polling\n');
await Promise.all(workers.map((worker) => worker.run()));
await connection.close();
