const SAFE_KEY = /^[A-Za-z0-9:._-]{1,100}$/;
const SAFE_NAME = /^[\p{L}\p{N} .,:&/_-]{1,60}$/u;
const UNSURE = /[[\]%*\\]/;
const SHORTEST_FRAGMENT = 4;

/** All of `parts`, each in parentheses: the precedence of ConnectWise's filters is not documented. */
export function allOf(...parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .map((part) => `(${part})`)
    .join(' and ');
}

/** `field="key"` for a key of ours; null for a text that is none. */
export function keyEquals(field: string, key: string): string | null {
  return SAFE_KEY.test(key) ? `${field}="${key}"` : null;
}

/** `field="name"` where the name cannot be misread in any dialect; null otherwise, to be compared in code alone. */
export function nameEquals(field: string, name: string): string | null {
  return SAFE_NAME.test(name) ? `${field}="${name}"` : null;
}

/**
 * A filter that lets through every record whose field is exactly `text`, and maybe others: compare in code. How quotes,
 * brackets and wildcards are escaped is disputed (facts/connectwise.md §3.3), so a text is quoted by the delimiter it lacks,
 * or narrowed by its longest harmless piece; null when it has none.
 */
export function textFilter(field: string, text: string): string | null {
  const delimiter = text.includes('"') ? (text.includes("'") ? null : "'") : '"';
  if (delimiter !== null && !UNSURE.test(text) && !/\p{Cc}/u.test(text))
    return `${field}=${delimiter}${text}${delimiter}`;
  const pieces = text.split(/["'[\]%*\\_\p{Cc}]+/u).map((piece) => piece.trim());
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
  return longest.length < SHORTEST_FRAGMENT ? null : `${field} contains "${longest}"`;
}
