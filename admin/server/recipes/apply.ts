import { createToken } from '../../../infra/crypto/tokens.ts';
import { findRecipe, RECIPES } from '../../../infra/recipes/index.ts';
import { mergePatch } from '../endpoints/merge-patch.ts';
import { invalid } from '../errors.ts';

/** What to make, and the signing secret that was made for it: to be answered once, null where none was needed. */
export interface AppliedRecipe {
  body: unknown;
  secret: string | null;
}

/**
 * The endpoint that a recipe makes with `body` (in our spellings) laid over it: objects are merged, lists replaced. Where the
 * recipe's verification needs a secret and `body` brings none of its own, one is made. Throws `invalid` for an unknown recipe.
 */
export function applyRecipe(id: string, body: unknown): AppliedRecipe {
  const recipe = findRecipe(id);
  if (recipe === null) {
    const known = RECIPES.map((one) => one.id).join(', ');
    throw invalid([{ path: 'recipe', message: `There is no recipe “${id.slice(0, 100)}”. There are: ${known}.` }]);
  }
  let secret: string | null = null;
  const verification = recipe.endpoint.verification.map((entry) =>
    entry.type === 'hmac' ? { ...entry, secret: (secret ??= createToken()) } : entry,
  );
  const merged = mergePatch({ ...recipe.endpoint, verification }, body);
  const bringsVerification = typeof body === 'object' && body !== null && Object.hasOwn(body, 'verification');
  return { body: merged, secret: bringsVerification ? null : secret };
}
