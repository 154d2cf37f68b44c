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
    model: z.object({
      name: z.string(),
      state: ServiceState.meta({ description: 'warning: not known, or not asked yet.' }),
      reason: z.string().nullable(),
      checkedAt: z.string().nullable(),
    }),
  })
  .meta({ id: 'Services' });
export type ServicesView = z.output<typeof ServicesView>;

/**
 * How the parts are, each asked now with a short patience; the model as a worker last found it. A part that is away is said, never
 * an error. A model that is away costs no ticket and leaves the whole as it is.
 */
export const checkServices = defineVerb({
  name: 'services.get',
  role: 'viewer',
  input: z.object({}),
  run: async (context): Promise<ServicesView> => {
    const [database, temporal, ticketSystem, model] = await Promise.all([
      isDatabaseUp(context),
      pollersOf(context),
      gateOf(context),
      modelOf(context),
    ]);
    const isUp = database && temporal !== null;
    const worker = temporal === null ? 'warning' : temporal > 0 ? 'up' : 'down';
    return {
      status: !database ? 'down' : isUp && worker === 'up' && ticketSystem.state === 'up' ? 'up' : 'warning',
      database: database ? 'up' : 'down',
      temporal: temporal === null ? 'down' : 'up',
      worker,
      ticketSystem,
      model,
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
    const [{ countPollers }, { inTime }] = await Promise.all([
      import('../../../infra/temporal/count-pollers.ts'),
      import('../../../infra/temporal/in-time.ts'),
    ]);
    const client = await context.temporal();
    const deadline = new Date(Date.now() + PATIENCE_MS);
    return await inTime(client, PATIENCE_MS, () => countPollers(client, context.config.TEMPORAL_NAMESPACE, deadline));
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

async function modelOf({ config, pool }: AdminContext): Promise<ServicesView['model']> {
  const found = await pool
    .query<{ state: 'well' | 'missing' | 'away' | 'unknown'; problem: string | null; checked_at: Date }>(
      `select state, problem, checked_at from model_health where name = 'analysis' and model = $1`,
      [config.AI_MODEL],
    )
    .catch(() => ({ rows: [] }));
  const row = found.rows[0];
  const states = { well: 'up', missing: 'down', away: 'down', unknown: 'warning' } as const;
  return {
    name: config.AI_MODEL,
    state: row ? states[row.state] : 'warning',
    reason: row?.problem ?? null,
    checkedAt: row?.checked_at.toISOString() ?? null,
  };
}
