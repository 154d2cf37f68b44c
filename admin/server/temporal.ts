import type { Client } from '@temporalio/client';
import type { Config } from '../../infra/config/index.ts';
import type { TemporalClient } from '../../infra/temporal/client.ts';

/** A client that is loaded at the first call (it weighs 30 MB) and is the only one of its process. */
export function lazyTemporal(config: Config): { client(): Promise<Client>; close(): Promise<void> } {
  let made: Promise<TemporalClient> | undefined;
  return {
    client: async () => (await (made ??= load(config))).client,
    close: async () => {
      if (made === undefined) return;
      const [{ client, close }, { callsOver }] = await Promise.all([made, import('../../infra/temporal/in-time.ts')]);
      await callsOver(client);
      await close();
    },
  };
}

async function load(config: Config): Promise<TemporalClient> {
  const { createTemporalClient } = await import('../../infra/temporal/client.ts');
  return createTemporalClient(config);
}
