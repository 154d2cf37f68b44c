import { z } from 'zod';
import { pageOf } from '../paging.ts';

const Expected = z.object({
  kind: z.enum(['open', 'close', 'other']),
  summary: z.string(),
  incident: z.string().meta({ description: 'The same word means the same incident, over all bodies of the recipe.' }),
  severity: z.string().optional(),
  impact: z.string().optional(),
  companyId: z.string().optional(),
  skipped: z.string().optional().meta({ description: 'Why nothing comes of it.' }),
});

const Sample = z.object({
  name: z.string(),
  says: z.enum(['open', 'repeat', 'recovery', 'other']),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown(),
  alerts: z.array(Expected).meta({ description: 'What the recipe makes of the body, with the prefix “Alert:”.' }),
});

const Step = z.object({
  text: z.string(),
  paste: z.string().optional().meta({ description: 'What to paste at the sender.' }),
  language: z.string().optional(),
});

/** A recipe in a list. */
export const RecipeLine = z
  .object({ id: z.string(), name: z.string(), sentence: z.string(), endsBy: z.enum(['recovery', 'person']) })
  .meta({ id: 'RecipeLine' });
export type RecipeLine = z.output<typeof RecipeLine>;

export const RecipePage = pageOf(RecipeLine).meta({ id: 'RecipePage' });
export type RecipePage = z.output<typeof RecipePage>;

/** A recipe whole. */
export const RecipeView = z
  .object({
    ...RecipeLine.shape,
    endpoint: z
      .looseObject({ name: z.string() })
      .meta({ description: 'What making the endpoint saves; all else is the default of EndpointInput.' }),
    samples: z.array(Sample),
    setup: z
      .object({
        url: z.string(),
        proof: z.string(),
        header: z.string().nullable(),
        steps: z.array(Step),
      })
      .meta({
        description: 'How the sender is set up; <key>, <token> and <secret> are what making the endpoint answers.',
      }),
  })
  .meta({ id: 'Recipe' });
export type RecipeView = z.output<typeof RecipeView>;
