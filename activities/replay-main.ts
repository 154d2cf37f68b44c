import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { readConfig } from '../infra/config/index.ts';
import { workflowBundle } from './workflow-bundle.ts';
import { temporalConnectionOptions } from '../infra/temporal/connection-options.ts';
import { installQuietRuntime, replayHistory } from './replay.ts';

/** gRPC's status code. */
const NOT_FOUND = 5;

/** `replay <workflow id | history file>`: says whether the present workflow code takes the same steps, and where it departs. */
async function main(what: string | undefined): Promise<number> {
  if (what === undefined) {
    console.error('Use: npm run hookwise -- replay <workflow id | history file>');
    return 2;
  }
  installQuietRuntime();
  const config = readConfig();
  const history = existsSync(what) ? fromFile(what) : await fromServer(what);
  const bundle = await workflowBundle(
    fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    join(config.HOOKWISE_DATA_DIR, 'cache'),
  );
  try {
    await replayHistory(bundle, history, what);
  } catch (error) {
    console.error(`${what} departs from its history:\n${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  console.log(`${what} replays on the present workflow code.`);
  return 0;
}

function fromFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} is no JSON. Export it in the Web UI, or with: temporal workflow show --output json`, {
      cause,
    });
  }
}

async function fromServer(workflowId: string): Promise<unknown> {
  const config = readConfig();
  const options = temporalConnectionOptions(config);
  const connection = await Connection.connect({ ...options, connectTimeout: '5s' }).catch((cause: unknown) => {
    throw new Error(`${workflowId} is no file, and Temporal does not answer at ${options.address}.`, { cause });
  });
  try {
    return await new Client({ connection, namespace: config.TEMPORAL_NAMESPACE }).workflow
      .getHandle(workflowId)
      .fetchHistory();
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
    const where = `Temporal at ${options.address} knows no workflow of that id in the namespace ${config.TEMPORAL_NAMESPACE}`;
    throw new Error(`${workflowId} is no file, and ${where}.`, { cause: error });
  } finally {
    await connection.close();
  }
}

process.exitCode = await main(process.argv[2]).catch((error: Error) => {
  console.error(error.message);
  return 1;
});
