import { Context } from '@temporalio/activity';
import type { GateProbe } from '../../workflows/contracts/gate.ts';
import type { ActivityDeps } from '../deps.ts';
import { TicketSystemError } from '../tickets/ticket-system.ts';

/** Share of the connection's calls that freed incidents may use, so that new ones are not held back. */
const SHARE = 1 / 3;
const MOST_A_SECOND = 50;

/** The gate's activities: probing a connection, and freeing what waits behind it. */
export function createGateActivities(deps: ActivityDeps) {
  return {
    /** Asks the ticket system whether it answers well; opens the gate where it does. Never throws for a bad answer. */
    probeConnection: async (input: { connection: string; now: string }): Promise<GateProbe> => {
      const reason = await faultOf(deps);
      await deps.pool.query(
        reason === null
          ? `update connection set gate = 'open', reason = null, gate_since = null, last_good_at = $2, checked_at = $2 where name = $1`
          : `update connection set gate = 'closed', reason = $3, gate_since = coalesce(gate_since, $2), checked_at = $2 where name = $1`,
        reason === null ? [input.connection, input.now] : [input.connection, input.now, reason],
      );
      return { connection: input.connection, isOpen: reason === null, reason };
    },

    /**
     * Frees and rings a slice of what waits, highest priority and oldest first. Answers how many; 0 means that nothing waits.
     * Call it once a second: a slice is what the connection's rate allows.
     */
    releaseWaiting: async (input: { connection: string }): Promise<{ freed: number }> => {
      const rate = deps.settings.callsPerSecond;
      const limit = rate === null ? MOST_A_SECOND : Math.max(1, Math.min(MOST_A_SECOND, Math.floor(rate * SHARE)));
      const { rows } = await deps.pool.query(
        `with waiting as (
           select id from incident
           where connection = $1 and (phase in ('waiting', 'blocked') or (phase in ('opening', 'open', 'closing') and next_try_at is not null))
           order by priority nulls last, created_at, id limit $2
         )
         update incident i set phase = 'opening', next_try_at = null, error_at = null, attempts = 0, blocked_version = null,
           bell = true, bell_raised_at = coalesce(i.bell_raised_at, clock_timestamp()), bell_sent_at = null
         from waiting w where i.id = w.id returning i.key`,
        [input.connection, limit],
      );
      const keys = rows.map((row: { key: string }) => row.key);
      await deps.bells.ringIncidents(keys);
      return { freed: keys.length };
    },
  };
}

export type GateActivities = ReturnType<typeof createGateActivities>;

async function faultOf(deps: ActivityDeps): Promise<string | null> {
  try {
    const findings = await deps.tickets.check(Context.current().cancellationSignal);
    return findings.find((finding) => finding.level === 'fault')?.text ?? null;
  } catch (error) {
    if (error instanceof TicketSystemError) return error.message;
    throw error;
  }
}
