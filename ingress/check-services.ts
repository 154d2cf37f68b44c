import { chosenConnection, type Config } from '../infra/config/index.ts';
import type { Pool } from '../infra/database/pool.ts';
import type { TemporalClient } from '../infra/temporal/client.ts';
import type { DispatcherThread } from './dispatcher/start-dispatcher-thread.ts';
import type { HealthChecks, ServicesReport } from './routes/health.ts';
import { withinDeadline } from './within-deadline.ts';

const PATIENCE_MS = 2_000;

/**
 * Asks the parts, each with a short patience. The Temporal client is loaded at the first question, since accepting needs none.
 * With `isAccepting`, Postgres counts as up once webhooks are accepted again, not when it first answers.
 */
export function createHealthChecks(deps: {
  config: Config;
  pool: Pool;
  dispatcher: DispatcherThread | null;
  isAccepting?: () => boolean;
}): HealthChecks {
  const { config, pool, dispatcher } = deps;
  let temporal: Promise<TemporalClient> | null = null;

  const isDatabaseUp = () =>
    withinDeadline(pool, PATIENCE_MS, (client) => client.query('select 1')).then(
      () => deps.isAccepting?.() ?? true,
      () => false,
    );

  const pollers = async (): Promise<number | null> => {
    try {
      temporal ??= import('../infra/temporal/client.ts').then(({ createTemporalClient }) =>
        createTemporalClient(config),
      );
      const { countPollers } = await import('../infra/temporal/count-pollers.ts');
      return await countPollers((await temporal).client, config.TEMPORAL_NAMESPACE, new Date(Date.now() + PATIENCE_MS));
    } catch {
      return null;
    }
  };

  const ticketSystem = async (): Promise<ServicesReport['ticketSystem']> => {
    const name = chosenConnection(config);
    const row = await withinDeadline(pool, PATIENCE_MS, (client) =>
      client.query<{ gate: string; reason: string | null }>('select gate, reason from connection where name = $1', [
        name,
      ]),
    ).then(
      ({ rows }) => rows[0],
      () => undefined,
    );
    return { name, state: row?.gate === 'closed' ? 'down' : 'up', reason: row?.reason ?? null };
  };

  return {
    isDatabaseUp,
    isDispatcherAlive: () => (dispatcher === null ? null : dispatcher.runningSince() !== null),
    async services() {
      const [isUp, polling, tickets] = await Promise.all([isDatabaseUp(), pollers(), ticketSystem()]);
      const worker = polling === null ? 'warning' : polling > 0 ? 'up' : 'down';
      const dispatching = dispatcher === null ? 'none' : dispatcher.runningSince() ? 'up' : 'down';
      const isWell = worker === 'up' && tickets.state === 'up' && dispatching !== 'down';
      return {
        status: !isUp ? 'down' : isWell ? 'up' : 'warning',
        database: isUp ? 'up' : 'down',
        dispatcher: dispatching,
        temporal: polling === null ? 'down' : 'up',
        worker,
        ticketSystem: tickets,
      };
    },
  };
}
