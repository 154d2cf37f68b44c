import { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../../workflows/contracts/search-attributes.ts';
import { askServer, fieldOf } from './ask-servers.ts';

const KEYWORD = 2;

export interface LocalTemporal {
  address: string;
  namespace: string;
  connection: Connection;
  nativeConnection: NativeConnection;
  close(): Promise<void>;
}

/** The run's shared real dev server, with our search attributes. Use task queues and workflow ids of your own. */
export async function localTemporal(): Promise<LocalTemporal> {
  const answer = await askServer('temporal');
  const [address, namespace] = [fieldOf(answer, 'address'), fieldOf(answer, 'namespace')];
  const connection = await Connection.connect({ address, connectTimeout: '10s' });
  const nativeConnection = await NativeConnection.connect({ address });
  return {
    address,
    namespace,
    connection,
    nativeConnection,
    close: async () => {
      await nativeConnection.close();
      await connection.close();
    },
  };
}

/** A server of one's own that skips waiting time, for stories of hours and days. Call `teardown()` on it in the end. */
export async function timeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = fieldOf(await askServer('test-server'), 'path');
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: Object.fromEntries(Object.values(SEARCH_ATTRIBUTES).map((name) => [name, KEYWORD])),
  });
  return env;
}
