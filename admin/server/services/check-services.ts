import { z } from 'zod';
import { chosenConnection } from '../../../infra/config/index.ts';
import { defineVerb } from '../verb.ts';
import type { AdminContext } from '../context.ts';

const PATIENCE_MS = 2_000;

const ServiceState = z.enum(['up', 'warning', 'down']);
export const ServicesView = z
  .object({
    status: ServiceState,
    database: ServiceState,
    temporal: ServiceState,
    worker: ServiceState,
    ticketSystem: z.object({ name: z.string(), state: ServiceState, reason: z.string().nullable() }),
  })
  .meta({ id: 'Services' });
export type ServicesView = z.output<typeof ServicesView>;

/** How the parts are, each asked now with a short patience. A part that is away is said, never an error. */
export const checkServices = defineVerb({
  name: 'services.get',
  role: 'viewer',
  input: z.object({}),
  run: async (context): Promise<ServicesView> => {
    const [database, temporal, ticketSystem] = await Promise.all([
      isDatabaseUp(context),
      pollersOf(context),
      gateOf(context),
    ]);
    const isUp = database && temporal !== null;
    const worker = temporal === null ? 'warning' : temporal > 0 ? 'up' : 'down';
    return {
      status: !database ? 'down' : isUp && worker === 'up' && ticketSystem.state === 'up' ? 'up' : 'warning',
      database: database ? 'up' : 'down',
      temporal: temporal === null ? 'down' : 'up',
      worker,
      ticketSystem,
    };
  },
});

async function isDatabaseUp({ pool }: AdminContext): Promise<boolean> {
  return pool.query('select 1').then(
    () => true,
    () => false,
  );
}

async function pollersOf(context: AdminContext): Promise<number | null> {
  try {
    const { countPollers } = await import('../../../infra/temporal/count-pollers.ts');
    return await countPollers(
      await context.temporal(),
      context.config.TEMPORAL_NAMESPACE,
      new Date(Date.now() + PATIENCE_MS),
    );
  } catch {
    return null;
  }
}

async function gateOf(context: AdminContext): Promise<ServicesView['ticketSystem']> {
  const name = chosenConnection(context.config);
  const found = await context.pool
    .query<{ gate: string; reason: string | null }>('select gate, reason from connection where name = $1', [name])
    .catch(() => ({ rows: [] }));
  const row = found.rows[0];
  return { name, state: row?.gate === 'closed' ? 'down' : 'up', reason: row?.reason ?? null };
}
