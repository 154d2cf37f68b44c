import { z } from 'zod';

export const AnalysisView = z
  .object({
    url: z.string().meta({ description: 'The server that is asked, without its key.' }),
    model: z.string(),
    state: z.enum(['well', 'missing', 'away', 'unknown']).nullable().meta({
      description:
        'How the model was when last asked; null when it never was, or another was; unknown when the server does not say.',
    }),
    problem: z.string().nullable(),
    remedy: z.string().nullable().meta({ description: 'What to do about it, such as the line that pulls the model.' }),
    checkedAt: z.string().nullable(),
    tokensToday: z.int().meta({ description: 'Used since midnight UTC.' }),
    runsToday: z.int(),
    tokensPerDay: z.int().nullable().meta({ description: 'The setting analysisTokensPerDay; null means no limit.' }),
  })
  .meta({ id: 'Analysis' });
export type AnalysisView = z.output<typeof AnalysisView>;
