import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createActivities } from '../../activities/index.ts';
import { createWorkers } from '../../activities/workers.ts';
import { workflowBundle } from '../../activities/workflow-bundle.ts';
import { findTemporalCli } from '../../infra/stack/find-temporal.ts';
import { freePort } from '../../infra/stack/ports.ts';
import { startTemporal } from '../../infra/stack/temporal-server.ts';

const WORKFLOWS = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));

export interface OwnTemporal {
  client: Client;
  native: NativeConnection;
  namespace: string;
  address: string;
  stop(): Promise<void>;
}

/** A dev server of one's own: our task queues have fixed names, so two files must not share one. */
export async function ownTemporal(): Promise<OwnTemporal> {
  const recordDir = mkdtempSync(join(tmpdir(), 'hookwise-temporal-'));
  const running = await startTemporal({
    cli: await findTemporalCli(),
    dataDir: null,
    port: await freePort(),
    uiPort: null,
    retentionDays: 1,
    recordDir,
  });
  const connection = await Connection.connect({ address: running.address });
  const native = await NativeConnection.connect({ address: running.address });
  return {
    client: new Client({ connection, namespace: running.namespace }),
    native,
    namespace: running.namespace,
    address: running.address,
    stop: async () => {
      await native.close();
      await connection.close();
      await running.stop(2_000);
    },
  };
}

/** Workers with the real activities over `deps`; `stop` drains them. */
export async function runWorkers(
  native: NativeConnection,
  namespace: string,
  deps: ActivityDeps,
): Promise<{ workers: Worker[]; stop(): Promise<void> }> {
  const bundle = await testBundle();
  const workers = await createWorkers({
    connection: native,
    namespace,
    bundle,
    activities: createActivities(deps),
    ticketStepsPerSecond: null,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  running.catch(() => undefined);
  return {
    workers,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  };
}

/** The workflow bundle, built once for all test files. */
export function testBundle(): Promise<{ codePath: string }> {
  return workflowBundle(WORKFLOWS, join(tmpdir(), 'hookwise-tests-bundles'));
}
