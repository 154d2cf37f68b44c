import { listRecipes } from '../../../../server/recipes/list.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(listRecipes);
