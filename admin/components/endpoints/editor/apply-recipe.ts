import type { RecipeView } from '../../../server/recipes/schemas.ts';

type Plain = Record<string, unknown>;

/** What says how a body is read: a recipe speaks for all of it, what it leaves out being the default. */
export const READING = [
  'triggerField',
  'splitPath',
  'openValues',
  'closeValues',
  'otherValues',
  'mapping',
  'routingRules',
  'descriptionTemplate',
  'summaryRemove',
  'tenantPaths',
] as const;

/**
 * A draft with a recipe laid over it: how bodies are read is the recipe's, boards, names and switches stay as they are. How
 * senders prove themselves is taken over only where `secret` is given, which stands for every signature.
 */
export function applyRecipe(
  draft: object,
  recipe: RecipeView['endpoint'],
  { defaults, secret }: { defaults: object; secret: string | null },
): object {
  const { ticketing } = draft as { ticketing?: Plain };
  const read = Object.fromEntries(READING.map((name) => [name, (defaults as Plain)[name]]));
  const next = { ...draft, ticketing: { ...ticketing, ...read, ...(recipe['ticketing'] as Plain) } };
  if (secret === null) return next;
  const verification = checksOf(recipe).map((check) => (check.type === 'hmac' ? { ...check, secret } : check));
  return { ...next, verification };
}

/** How the recipe's sender proves itself. */
export function checksOf(recipe: RecipeView['endpoint']): { type: string }[] {
  return (recipe['verification'] ?? []) as { type: string }[];
}

/** A signing secret of 256 bits. */
export function createSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
