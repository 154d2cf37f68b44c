import { z } from 'zod';
import { findRecipe } from '../../../infra/recipes/index.ts';
import { notFound } from '../errors.ts';
import { defineVerb } from '../verb.ts';
import { presentRecipe } from './present.ts';
import type { RecipeView } from './schemas.ts';

/** One recipe: the configuration it makes, genuine bodies with what becomes of them, the sender's set-up. Throws `not-found`. */
export const getRecipe = defineVerb({
  name: 'recipe.get',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: z.string() }),
  run: async (context, { id }): Promise<RecipeView> => {
    const recipe = findRecipe(id);
    if (recipe === null) throw notFound('recipe');
    return presentRecipe(context, recipe);
  },
});
