import { Context } from '@temporalio/activity';
import { keepSweep, readChangedSince } from '../../infra/database/psa-watch-store.ts';
import type { CallbackEnd, SweepPage } from '../../workflows/contracts/psa-watch.ts';
import type { ActivityDeps } from '../deps.ts';
import { keepCallback as keep } from './keep-callback.ts';
import { ringForgottenLooks } from './ring-forgotten-looks.ts';
import { sweepChanged as changed, sweepListed as listed } from './sweep-tickets.ts';

/** How far back the first sweep reads, and any at most; what ended before is found by looking the tickets up. */
const FIRST_MS = 3_600_000;
const MOST_MS = 86_400_000;
/** Lists lag, and clocks differ: each sweep reads again what changed so long before the last one began. */
const OVERLAP_MS = 300_000;
const NOTHING: SweepPage = { tickets: 0, hinted: 0, next: null };

/** Watching what people do in the ticket system. Each may run twice. */
export function createPsaWatchActivities(deps: ActivityDeps) {
  const { pool, connection, tickets, settings } = deps;
  const changedSince = (now: string) => new Date(Date.parse(now) - OVERLAP_MS - settings.lagBudgetMs).toISOString();
  const signal = () => Context.current().cancellationSignal;
  return {
    /** Registers, renews or removes our callback at the ticket system. */
    keepCallback: (input: { now: string }): Promise<CallbackEnd> => keep(deps, input.now, signal()),

    /** From when on changes are to be read (ISO); null where there is nothing to sweep, or nobody answers anyway. */
    beginSweep: async (input: { now: string }): Promise<string | null> => {
      if (tickets.watch === undefined) return null;
      const { rows } = await pool.query<{ isShut: boolean; hasTickets: boolean }>(
        `select coalesce((select gate = 'closed' from connection where name = $1), false) as "isShut",
           exists (select from incident where connection = $1 and ticket_id is not null) as "hasTickets"`,
        [connection],
      );
      if (rows[0]?.isShut) return null;
      if (!rows[0]?.hasTickets) {
        await keepSweep(pool, connection, { changedSince: changedSince(input.now), at: input.now });
        return null;
      }
      const since = await readChangedSince(pool, connection);
      const now = Date.parse(input.now);
      return new Date(Math.max(since?.getTime() ?? now - FIRST_MS, now - MOST_MS)).toISOString();
    },

    /** One page of the tickets that anybody changed. */
    sweepChanged: async (input: { since: string; after: string | null }): Promise<SweepPage> =>
      tickets.watch === undefined ? NOTHING : changed(deps, tickets.watch, input, signal()),

    /** One look-up of tickets not seen for long. */
    sweepListed: async (input: { now: string; after: string | null }): Promise<SweepPage> =>
      tickets.watch === undefined ? NOTHING : listed(deps, tickets.watch, input, signal()),

    /** The sweep that began at `now` came to its end: the next one begins there, but for the time that lists may lag. */
    endSweep: async (input: { now: string }): Promise<void> => {
      await keepSweep(pool, connection, { changedSince: changedSince(input.now), at: input.now });
      await ringForgottenLooks(deps);
    },
  };
}

export type PsaWatchActivities = ReturnType<typeof createPsaWatchActivities>;
