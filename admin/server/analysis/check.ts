import { z } from 'zod';
import { VerbError } from '../errors.ts';
import { defineVerb } from '../verb.ts';
import { readAnalysis } from './get.ts';
import type { AnalysisView } from './schemas.ts';

const PATIENCE_MS = 12_000;

/** Has a worker ask the language model how it is, and answers what it found. Throws `unavailable` where no worker answers in time. */
export const checkAnalysis = defineVerb({
  name: 'analysis.check',
  role: 'operator',
  input: z.object({}),
  run: async (context): Promise<AnalysisView> => {
    try {
      const { checkModelNow } = await import('../../../infra/temporal/check-model.ts');
      await checkModelNow(await context.temporal(), new Date(Date.now() + PATIENCE_MS));
    } catch (cause) {
      const message = 'No worker answered in time, so the model was not asked. See that the worker and Temporal run.';
      throw new VerbError('unavailable', message, { cause });
    }
    return readAnalysis(context);
  },
});
