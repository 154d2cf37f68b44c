import { getRecipe } from '../../../../../server/recipes/get.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(getRecipe);
