import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { sentDraft } from '../endpoints/draft-config.ts';
import { findEndpoint } from '../endpoints/find.ts';
import { planningGround } from '../endpoints/planning.ts';
import { IdInput } from '../ids.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { readGone, readHappened } from './facts.ts';
import { findRange, readRecorded } from './recorded.ts';
import { BacktestInput, type BacktestLine, type BacktestResult } from './schemas.ts';
import { createSides } from './sides.ts';
import { createTally } from './tally.ts';

/** Longest work before other requests of the process get their turn, in milliseconds. */
const TURN_MS = 10;

/**
 * Plans the recorded webhooks of an endpoint again with a draft and lives both through. Answers lines as they come, the last
 * with the result; ending the iteration ends the work. Nothing is written. The draft is judged before the first line.
 */
export const backtestEndpoint = defineVerb({
  name: 'endpoint.backtest',
  role: 'operator',
  input: z.object({ id: IdInput, body: BacktestInput }),
  run: async (context, { id, body }): Promise<AsyncGenerator<BacktestLine>> => {
    const endpoint = await findEndpoint(context.pool, id);
    const config = sentDraft(context, endpoint, body.config);
    return backtest(context, { id, version: endpoint.version, config }, body);
  },
});

async function* backtest(
  context: VerbContext,
  draft: { id: string; version: number; config: EndpointConfig },
  wanted: BacktestInput,
): AsyncGenerator<BacktestLine> {
  const { pool, cipher } = context;
  const began = performance.now();
  const range = await findRange(pool, draft.id, wanted);
  const sides = createSides(pool, { cipher, ground: await planningGround(context, pool) }, draft);
  const tally = createTally();
  const total = range?.total ?? 0;
  let [done, unreadable, turn] = [0, 0, performance.now()];
  if (range !== null)
    for await (const batch of readRecorded(pool, range)) {
      turn = performance.now();
      for (const row of batch) {
        const both = await sides.of(row);
        if (both === null) unreadable += 1;
        else tally.take(both);
        if (performance.now() - turn < TURN_MS) continue;
        await nextTurn();
        turn = performance.now();
      }
      done += batch.length;
      yield { kind: 'progress', done, total, changed: tally.changed() };
    }
  const told = tally.end();
  const at = { from: new Date(told.from ?? Date.now()), to: new Date(told.to ?? Date.now()) };
  const result: BacktestResult = {
    ...told,
    happened: await readHappened(pool, draft.id, at.from, at.to),
    waiting: range?.waiting ?? 0,
    unreadable,
    gone: await readGone(pool, draft.id, wanted.from),
    warnings: [...sides.doubts.map(({ path, message }) => `${path}: ${message}`), ...silences(draft.config)],
    tookMs: Math.round(performance.now() - began),
  };
  yield { kind: 'result', result };
}

function silences({ enabled, draft, ticketing }: EndpointConfig): string[] {
  if (!enabled) return ['The draft is disabled: it makes no ticket. Send "enabled": true to see what it would do.'];
  if (draft) return ['The draft plans only: it makes no ticket. Send "draft": false to see what it would do.'];
  return ticketing.enabled ? [] : ['Ticketing is off in the draft: it makes no ticket.'];
}
