import type { Client } from '@temporalio/client';
import type { Pool } from '../infra/database/pool.ts';
import type { Logger } from '../infra/observability/logger.ts';
import { ringGate, ringIncident, type IncidentBell } from '../infra/temporal/ring.ts';
import type { Bells } from './deps.ts';

const DEADLINE_MS = 5_000;

/** Rings Temporal for activities. What cannot be rung is logged and left to the dispatcher, which rings every raised bell again. */
export function createBells(client: Client, pool: Pool, logger: Logger): Bells {
  const trying = async (what: string, ring: () => Promise<void>): Promise<boolean> => {
    try {
      await client.withDeadline(Date.now() + DEADLINE_MS, ring);
      return true;
    } catch (error) {
      logger.warn({ err: error, what }, 'A bell could not be rung; the dispatcher rings it again');
      return false;
    }
  };
  return {
    ringGate: async (connection, when) =>
      void (await trying(`gate ${connection}`, () => ringGate(client, connection, when))),
    ringIncidents: async (keys) => {
      if (keys.length === 0) return;
      const { rows } = await pool.query(
        `select key, endpoint_id as "endpointId", summary, company from incident where key = any($1)`,
        [keys],
      );
      const rung = await Promise.all(
        (rows as IncidentBell[]).map(async (bell) =>
          (await trying(bell.key, () => ringIncident(client, bell))) ? bell.key : null,
        ),
      );
      await pool.query(
        `update incident set bell_sent_at = clock_timestamp(), bell_rung = bell_rung + 1 where bell and key = any($1)`,
        [rung.filter((key) => key !== null)],
      );
    },
  };
}
