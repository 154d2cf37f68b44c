import { setTimeout as pause } from 'node:timers/promises';
import { isKept, newestPlace, readLive, type LivePlace } from '../../../infra/database/live-feed.ts';
import { readMaskingWords } from '../../../infra/database/masking-words.ts';
import type { VerbContext } from '../verb.ts';
import type { Seat } from './hub.ts';
import { presentChanges } from './present-changes.ts';
import type { LiveQuery } from './schemas.ts';

/** Rows a browser is told of in a second; what is more comes as counts. */
export const MOST_ROWS = 20;
const BETWEEN_MS = 1_000;
const HEARTBEAT_MS = 15_000;
/** After this the browser comes again, and whoever it is signs in again. */
const LONGEST_MS = 5 * 60_000;

/**
 * What is said to one reader, one piece a message: `change` (rows of one change), `counts` (changes that are not told one by
 * one), `gap` (what is older is not kept any more), heartbeats. Each piece carries the place to go on from. Reads nothing while
 * nobody takes the next piece, so a slow reader is told counts. Ends after five minutes, or when the signal aborts.
 */
export async function* tell(
  context: VerbContext,
  query: LiveQuery,
  seat: Seat,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const endsAt = Date.now() + LONGEST_MS;
  let place = query.after ?? (await newestPlace(context.pool));
  yield `retry: 1000\n${message('hello', place, { place })}`;
  if (query.after !== undefined && !(await isKept(context.pool, place))) {
    place = await newestPlace(context.pool);
    yield message('gap', place, { text: 'Older changes are not kept any more. Load the page again to see all.' });
  }
  let toldAt = Date.now();
  while (!signal.aborted && Date.now() < endsAt) {
    const pieces = await step(context, query, place);
    place = pieces.place;
    for (const piece of pieces.messages) yield piece;
    if (pieces.messages.length > 0) toldAt = Date.now();
    if (Date.now() - toldAt >= HEARTBEAT_MS) {
      toldAt = Date.now();
      yield `: alive\nid: ${place}\n\n`;
    }
    if (pieces.messages.length === 0) await seat.woken(BETWEEN_MS, signal);
    else await pause(BETWEEN_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

async function step(
  context: VerbContext,
  query: LiveQuery,
  after: LivePlace,
): Promise<{ place: LivePlace; messages: string[] }> {
  const window = await readLive(context.pool, {
    after,
    endpoint: query.endpoint ?? null,
    topics: query.topic,
    mostRows: MOST_ROWS,
  });
  const messages: string[] = [];
  if (window.skipped !== null) messages.push(message('counts', window.skipped.place, window.skipped.counts));
  if (window.changes.length > 0) {
    const told = await presentChanges(context, window.changes, await readMaskingWords(context.pool));
    for (const [index, change] of told.entries())
      messages.push(message('change', window.changes[index]?.place ?? after, change));
  }
  return { place: window.upTo, messages };
}

function message(event: string, place: LivePlace, data: object): string {
  return `event: ${event}\nid: ${place}\ndata: ${JSON.stringify(data)}\n\n`;
}
