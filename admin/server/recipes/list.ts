import { z } from 'zod';
import { RECIPES } from '../../../infra/recipes/index.ts';
import { defineVerb } from '../verb.ts';
import { presentRecipeLine } from './present.ts';
import type { RecipePage } from './schemas.ts';

/** All recipes on one page, in the order people see. */
export const listRecipes = defineVerb({
  name: 'recipe.list',
  role: 'viewer',
  ofCompany: true,
  input: z.object({}),
  run: async (): Promise<RecipePage> => ({ items: RECIPES.map(presentRecipeLine), nextCursor: null }),
});
