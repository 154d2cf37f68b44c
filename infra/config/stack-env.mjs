import { existsSync } from 'node:fs';

/**
 * The environment of the all-in-one: what was given, completed from the file `.env` of the checkout (what was given wins).
 * Our processes keep their compiled code between starts: without it each of their threads holds the reader of TypeScript (20 MB).
 * @param {string} checkout
 * @returns {Record<string, string | undefined>}
 */
export function stackEnvironment(checkout) {
  const file = `${checkout}/.env`;
  if (existsSync(file)) process.loadEnvFile?.(file);
  process.env.NODE_COMPILE_CACHE ??= `${checkout}/node_modules/.cache/hookwise/compiled`;
  return process.env;
}
