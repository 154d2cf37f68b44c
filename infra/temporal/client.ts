import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config/index.ts';
import { temporalConnectionOptions } from './connection-options.ts';

export interface TemporalClient {
  /** Every call must run inside `withDeadline`: the SDK itself waits without end for a server that is away. */
  client: Client;
  close(): Promise<void>;
}

/** The library's own pauses grow to two minutes, in which a server that is back stays unused. */
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 2_000 };

/** A client that connects at its first call, so that making one never fails and never waits. One a process is enough. */
export function createTemporalClient(
  config: Pick<
    Config,
    'TEMPORAL_ADDRESS' | 'TEMPORAL_PORT' | 'TEMPORAL_TLS' | 'TEMPORAL_API_KEY' | 'TEMPORAL_NAMESPACE'
  >,
): TemporalClient {
  const connection = Connection.lazy({
    ...temporalConnectionOptions(config),
    connectTimeout: '3s',
    channelArgs: RECONNECT,
  });
  return {
    client: new Client({ connection, namespace: config.TEMPORAL_NAMESPACE }),
    close: () => connection.close(),
  };
}
