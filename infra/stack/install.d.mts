/** Runs `npm ci` when node_modules is not what package-lock.json says for this machine. */
export function ensureInstalled(
  checkout: string,
  environment: Record<string, string | undefined>,
  say: (line: string) => void,
): Promise<void>;
/** A word for people on what is missing in node_modules, or `null` when nothing is. */
export function whatIsMissing(checkout: string): string | null;
