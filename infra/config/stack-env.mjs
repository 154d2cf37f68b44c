import { existsSync } from 'node:fs';

/**
 * The environment of the all-in-one: what was given, completed from the file `.env` of the checkout (what was given wins).
 * @param {string} checkout
 * @returns {Record<string, string | undefined>}
 */
export function stackEnvironment(checkout) {
  const file = `${checkout}/.env`;
  if (existsSync(file)) process.loadEnvFile?.(file);
  return process.env;
}
