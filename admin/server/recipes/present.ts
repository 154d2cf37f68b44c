import type { Recipe, RecipeStep } from '../../../infra/recipes/recipe.ts';
import type { AdminContext } from '../context.ts';
import type { RecipeLine, RecipeView } from './schemas.ts';

export function presentRecipeLine({ id, name, sentence, endsBy }: Recipe): RecipeLine {
  return { id, name, sentence, endsBy };
}

/** A recipe with this installation's address in what is pasted; the key, the token and the secret are there once an endpoint is made. */
export function presentRecipe(context: AdminContext, recipe: Recipe): RecipeView {
  const url = `${context.config.PUBLIC_URL}/webhook/<key>`;
  const filled = (text: string) =>
    text.replaceAll('{url}', url).replaceAll('{token}', '<token>').replaceAll('{secret}', '<secret>');
  const step = ({ text, paste, language }: RecipeStep) => ({
    text: filled(text),
    ...(paste === undefined ? {} : { paste: filled(paste) }),
    ...(language === undefined ? {} : { language }),
  });
  const { proof, header, steps } = recipe.setup;
  return {
    ...presentRecipeLine(recipe),
    endpoint: { ...recipe.endpoint },
    samples: recipe.samples,
    setup: { url, proof, header: header === null ? null : filled(header), steps: steps.map(step) },
  };
}
