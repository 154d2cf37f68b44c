import { proxyActivities } from '@temporalio/workflow';

const { callOnce } = proxyActivities<{ callOnce(input: { n: number }): Promise<void> }>({
  taskQueue: 'bench-bare-calls',
  startToCloseTimeout: '45 s',
});

/** The least a durable incident can cost: one workflow, one activity. */
export async function bareWorkflow(input: { n: number }): Promise<void> {
  await callOnce(input);
}
