import { z } from 'zod';
import { defineVerb } from '../verb.ts';
import { readExample, type ExampleEndpoint } from './example-file.ts';

/** An installation whose first webhook is younger than this still shows its first steps. */
const FRESH = `interval '10 minutes'`;

/** How far a fresh installation is; `example` for those who may know its token. */
export interface FirstRun {
  isFresh: boolean;
  hasWebhooks: boolean;
  example: ExampleEndpoint | null;
}

/** Whether the first steps are still ahead: nothing was received yet, or only just now. */
export const getFirstRun = defineVerb({
  name: 'first-run.get',
  role: 'viewer',
  input: z.object({}),
  run: async ({ pool, config, actor }): Promise<FirstRun> => {
    const { rows } = await pool.query<{ is_fresh: boolean }>(
      `select received_at > clock_timestamp() - ${FRESH} as is_fresh from webhook order by id limit 1`,
    );
    const [first] = rows;
    const isFresh = first?.is_fresh ?? true;
    return {
      isFresh,
      hasWebhooks: first !== undefined,
      example: isFresh && actor.role === 'admin' ? await readExample(config) : null,
    };
  },
});
