import { z } from 'zod';
import { defineVerb } from '../verb.ts';
import { takeSeat } from './hub.ts';
import { LiveQuery } from './schemas.ts';
import { tell } from './tell.ts';

/** A reader of the live feed: pieces of text/event-stream, and what frees its seat. */
export interface Watching {
  pieces: AsyncGenerator<string>;
  leave(): void;
}

/** Follows state changes. Whoever is limited to a company is refused: counts would tell of others. */
export const watchLive = defineVerb({
  name: 'live.get',
  role: 'viewer',
  input: z.object({ query: LiveQuery, signal: z.instanceof(AbortSignal) }),
  run: async (context, { query, signal }): Promise<Watching> => {
    const seat = takeSeat(context);
    return { pieces: tell(context, query, seat, signal), leave: () => seat.leave() };
  },
});
