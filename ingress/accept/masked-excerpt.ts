import { parseJson } from '../../infra/json.ts';
import { cutUnits, printJson } from '../../workflows/domain/json-text.ts';
import { MASK, maskJson, secretNameTest } from '../../workflows/domain/redaction.ts';

/** Longest text kept of a refused body. */
export const EXCERPT_LIMIT = 3_000;
/** A body larger than this is not parsed to be kept: of a refused one only the beginning is worth the time. */
const PARSED_BYTES = 64 * 1024;

const NAMED_VALUE =
  /(["']?)([A-Za-z][\w.-]{0,60})\1(\s{0,4}[:=]\s{0,4})("(?:[^"\\]|\\.){0,2000}"?|'[^']{0,2000}'?|[^\s"'&,;{}[\]]{1,2000})/g;
const NAMED_CONTAINER = /([A-Za-z][\w.-]{0,60})["']?\s{0,4}[:=]\s{0,4}[{[]/g;
const SCHEME_AND_SECRET = /\b(Bearer|Basic|Digest|Token)(\s{1,4})[\w.~+/=-]{6,2000}/gi;

/** The beginning of a refused body for people to read, secrets masked: as JSON where it is JSON, else value by value where a name tells. */
export function maskedExcerpt(body: Buffer, extraWords: readonly string[]): string {
  const parsed = body.length <= PARSED_BYTES ? parseJson(body) : null;
  const text = parsed?.ok
    ? printJson(maskJson(parsed.value, extraWords), { indent: 0, limit: EXCERPT_LIMIT })
    : maskText(beginningOf(body), secretNameTest(extraWords));
  return cutUnits(text.toWellFormed().replaceAll('\u0000', '\ufffd'), EXCERPT_LIMIT);
}

function beginningOf(body: Buffer): string {
  return body.subarray(0, EXCERPT_LIMIT).toString('utf8');
}

function maskText(text: string, isSecret: (name: string) => boolean): string {
  return cutAtSecretContainer(text, isSecret)
    .replace(SCHEME_AND_SECRET, `$1$2${MASK}`)
    .replace(NAMED_VALUE, (whole, quote: string, name: string, between: string) =>
      isSecret(name) ? `${quote}${name}${quote}${between}${MASK}` : whole,
    );
}

/** Where a secret's name opens an object or a list, nothing after it is kept: text does not tell where that ends. */
function cutAtSecretContainer(text: string, isSecret: (name: string) => boolean): string {
  for (const match of text.matchAll(NAMED_CONTAINER)) {
    if (isSecret(match[1] ?? '')) return `${text.slice(0, match.index)}${match[0].slice(0, -1)}${MASK}`;
  }
  return text;
}
