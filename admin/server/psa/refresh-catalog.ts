import { z } from 'zod';
import { chosenConnection } from '../../../infra/config/index.ts';
import { VerbError } from '../errors.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';

const PATIENCE_MS = 5_000;

/** Has the worker read the pick lists anew, or joins the reading under way. Throws `unavailable` while Temporal is away. */
export const refreshCatalog = defineVerb({
  name: 'psa.refresh',
  role: 'operator',
  input: z.object({}),
  run: (context): Promise<{ workflowId: string }> =>
    changing(context, async ({ audit }) => {
      await audit({ action: 'refresh', entity: 'catalog', entityId: chosenConnection(context.config) });
      try {
        const { startCatalogReading } = await import('../../../infra/temporal/start-catalog.ts');
        const deadline = new Date(Date.now() + PATIENCE_MS);
        return { workflowId: await startCatalogReading(await context.temporal(), { youngerThanMs: 0 }, deadline) };
      } catch (cause) {
        const message =
          'Temporal does not answer at the moment, so the lists cannot be read anew. Try again in a minute.';
        throw new VerbError('unavailable', message, { cause });
      }
    }),
});
