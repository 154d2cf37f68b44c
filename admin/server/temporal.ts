import type { Client } from '@temporalio/client';
import type { Config } from '../../infra/config/index.ts';
import type { TemporalClient } from '../../infra/temporal/client.ts';

/** A client that is loaded at the first call (it weighs 30 MB) and is the only one of its process. */
export function lazyTemporal(config: Config): { client(): Promise<Client>; close(): Promise<void> } {
  let made: Promise<TemporalClient> | undefined;
  return {
    client: async () => (await (made ??= load(config))).client,
    close: async () => (await made)?.close(),
  };
}

async function load(config: Config): Promise<TemporalClient> {
  const { createTemporalClient } = await import('../../infra/temporal/client.ts');
  return createTemporalClient(config);
}
