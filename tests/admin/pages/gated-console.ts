import { freePort } from '../../../infra/stack/ports.ts';
import { databaseUrl } from '../../../infra/stack/postgres.ts';
import { eventually } from '../../support/eventually.ts';
import type { RunningStack } from '../../support/running-stack.ts';
import { tcpGate, type TcpGate } from '../../support/tcp-gate.ts';

/** One more console over a running stack, whose Postgres and Temporal can be taken away from it. */
export interface GatedConsole {
  origin: string;
  postgres: TcpGate;
  temporal: TcpGate;
  end(): Promise<void>;
}

export async function startGatedConsole({ stack, startExtra }: RunningStack): Promise<GatedConsole> {
  const { PG_PORT, TEMPORAL_PORT } = stack.environment;
  const postgres = await tcpGate(`127.0.0.1:${PG_PORT}`);
  const temporal = await tcpGate(`127.0.0.1:${TEMPORAL_PORT}`);
  const port = String(await freePort());
  await startExtra('admin/main.ts', {
    ADMIN_PORT: port,
    DATABASE_URL: databaseUrl(stack.dataDir, Number(postgres.address.split(':')[1])),
    TEMPORAL_ADDRESS: temporal.address,
  });
  const origin = `http://127.0.0.1:${port}`;
  await eventually(async () => (await fetch(`${origin}/health/ready`)).ok, 60_000, 100);
  return {
    origin,
    postgres,
    temporal,
    end: async () => void (await Promise.all([postgres.end(), temporal.end()])),
  };
}
