import { Context } from '@temporalio/activity';
import type { GateProbe } from '../../workflows/contracts/gate.ts';
import type { ActivityDeps } from '../deps.ts';
import { priorityRank } from '../../workflows/domain/holding-order.ts';
import { settleHeld } from './settle-held.ts';
import { depsOf } from '../tickets/deps-of-connection.ts';
import { TicketSystemError } from '../tickets/ticket-system.ts';

/** Share of the connection's calls that freed incidents may use, so that new ones are not held back. */
const SHARE = 1 / 3;
const MOST_A_SECOND = 50;
/** Ends of workflows that need no call: slow enough that nobody else notices them. */
const MOST_SETTLED_A_SECOND = 5;
/** What was refused again after the gate opened ($2) is not freed a second time. */
const STUCK = `(phase = 'waiting' or (coalesce(error_at, '-infinity') < $2 and (phase = 'blocked'
  or (phase in ('opening', 'open', 'closing') and next_try_at is not null) or (phase not in ('blocked', 'uncertain') and wakes_at < $2))))`;

/** The gate's activities: probing a connection, and freeing what waits behind it. */
export function createGateActivities(deps: ActivityDeps) {
  return {
    /** Asks the ticket system whether it answers well; the gate stays closed until `openGate`. Never throws for a bad answer. */
    probeConnection: async (input: { connection: string; now: string }): Promise<GateProbe> => {
      const reason = await faultOf(depsOf(deps, input.connection));
      await deps.pool.query(
        reason === null
          ? `update connection set last_good_at = $2, checked_at = $2 where name = $1`
          : `update connection set gate = 'closed', reason = $3, gate_since = coalesce(gate_since, $2), checked_at = $2 where name = $1`,
        reason === null ? [input.connection, input.now] : [input.connection, input.now, reason],
      );
      return { connection: input.connection, isOpen: reason === null, reason };
    },

    /** Settles what opened and recovered while the gate was closed, where the endpoint's `outagePolicy` wants no ticket for each. */
    settleRecovered: async (input: {
      connection: string;
      now: string;
    }): Promise<{ settled: number; summaries: number }> => settleHeld(deps, input),

    /** Opens the gate: incidents may call the ticket system again. */
    openGate: async (input: { connection: string }): Promise<void> => {
      await deps.pool.query(`update connection set gate = 'open', reason = null, gate_since = null where name = $1`, [
        input.connection,
      ]);
    },

    /**
     * Frees and rings a slice of what waits, highest priority and then longest waiting first. Answers how many; 0 means that
     * nothing waits. Call it once a second: a slice is what the connection's rate allows. What was settled meanwhile and needs
     * no call is rung beside it.
     */
    releaseWaiting: async (input: { connection: string; openedAt: string }): Promise<{ freed: number }> => {
      const rate = deps.settings.callsPerSecond;
      const limit = rate === null ? MOST_A_SECOND : Math.max(1, Math.min(MOST_A_SECOND, Math.floor(rate * SHARE)));
      const ranks = await rankPriorities(deps, input);
      const { rows } = await deps.pool.query(
        `with stuck as (
           select id, priority, coalesce(waiting_since, created_at) as since,
             phase = 'waiting' and want = 'none' and ticket_id is null and not batch_open as is_settled
           from incident
           where connection = $1 and ${STUCK}
         ), waiting as (
           (select s.id, row_number() over (order by r.rank, s.since, s.id) as place
              from stuck s join unnest($4::text[], $5::int[]) as r(name, rank) on r.name = coalesce(s.priority, '')
             where not s.is_settled order by place limit $3)
           union all
           (select id, 1000000 from stuck where is_settled limit ${MOST_SETTLED_A_SECOND})
         ), freed as (
         update incident i set phase = case when i.phase in ('closed', 'abandoned') then i.phase else 'opening' end, wakes_at = clock_timestamp(), next_try_at = null, error_at = null, attempts = 0, blocked_version = null,
           bell = true, bell_raised_at = coalesce(i.bell_raised_at, clock_timestamp()), bell_sent_at = null
         from waiting w where i.id = w.id returning i.key, w.place
         ) select key from freed order by place`,
        [input.connection, input.openedAt, limit, ranks.map(([name]) => name), ranks.map(([, rank]) => rank)],
      );
      const keys = rows.map((row: { key: string }) => row.key);
      await deps.bells.ringIncidents(keys);
      return { freed: keys.length };
    },
  };
}

/** Every priority of what waits, "" for none, with its rank. */
async function rankPriorities(
  deps: ActivityDeps,
  { connection, openedAt }: { connection: string; openedAt: string },
): Promise<[name: string, rank: number][]> {
  const { rows } = await deps.pool.query<{ priority: string | null }>(
    `select distinct priority from incident where connection = $1 and ${STUCK}`,
    [connection, openedAt],
  );
  return rows.map(({ priority }) => [priority ?? '', priorityRank(priority)]);
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
