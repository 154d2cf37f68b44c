import type { Json } from '../contracts/json.ts';
import { secretNameTest } from './redaction.ts';
import { isSenderNumber } from './sender-number.ts';

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Where a value holds secrets, as paths such as `$.login.apiToken`, at most `max`. What stands below a secret is not named again. */
export function maskedPaths(value: Json, extraWords: readonly string[] | undefined, max: number): string[] {
  const isSecret = secretNameTest(extraWords);
  const found: string[] = [];
  const visit = (inner: Json, path: string): void => {
    if (found.length >= max || typeof inner !== 'object' || inner === null || isSenderNumber(inner)) return;
    if (Array.isArray(inner)) {
      inner.forEach((item, index) => visit(item, `${path}[${index}]`));
      return;
    }
    for (const name of Object.keys(inner)) {
      if (found.length >= max) return;
      const place = PLAIN_NAME.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
      if (isSecret(name)) found.push(place);
      else visit(inner[name] ?? null, place);
    }
  };
  visit(value, '$');
  return found;
}
