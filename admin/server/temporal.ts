import type { Client } from '@temporalio/client';
import type { Config } from '../../infra/config/index.ts';

/** A client that is loaded and connected at the first call, and is the only one of its process. */
export function lazyTemporal(config: Config): { client(): Promise<Client>; close(): Promise<void> } {
  let made: Promise<Client> | undefined;
  return {
    client: () => (made ??= makeClient(config)),
    close: async () => void (await (await made)?.connection.close()),
  };
}

async function makeClient(config: Config): Promise<Client> {
  const [{ Client, Connection }, { temporalConnectionOptions }] = await Promise.all([
    import('@temporalio/client'),
    import('../../infra/temporal/connection-options.ts'),
  ]);
  return new Client({ connection: Connection.lazy(temporalConnectionOptions(config)), namespace: config.TEMPORAL_NAMESPACE });
}
