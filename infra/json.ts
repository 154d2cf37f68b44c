import { isUtf8 } from 'node:buffer';
import type { Json } from '../workflows/contracts/json.ts';
import { isJsonObject, isSenderNumber, SenderNumber } from '../workflows/domain/sender-number.ts';
import { scanJson } from './json-scan.ts';

export const JSON_LIMITS = { maxDepth: 64, maxValues: 50_000 } as const;

export type ParsedJson = { ok: true; value: Json } | { ok: false; reason: JsonFault; message: string };
export type JsonFault = 'encoding' | 'depth' | 'values' | 'syntax';

/**
 * Parses the bytes of a body. Depth and number of values are checked before parsing; a byte order mark is passed over.
 * Numbers that JavaScript would change (big integers, `1.50`, `1e3`) keep the sender's digits. NUL and half surrogate
 * pairs, which Postgres text cannot hold, become U+FFFD in texts and names; the raw bytes are for the caller to keep.
 */
export function parseJson(input: Uint8Array): ParsedJson {
  const bytes = input[0] === 0xef && input[1] === 0xbb && input[2] === 0xbf ? input.subarray(3) : input;
  const scan = scanJson(bytes, JSON_LIMITS);
  if (scan.depth > JSON_LIMITS.maxDepth)
    return fault('depth', `JSON is nested deeper than ${JSON_LIMITS.maxDepth} levels`);
  if (scan.values > JSON_LIMITS.maxValues)
    return fault('values', `JSON holds more than ${JSON_LIMITS.maxValues} values`);
  if (!isUtf8(bytes)) return fault('encoding', 'Body is not valid UTF-8');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  try {
    const value: Json = scan.hasOddNumber ? JSON.parse(text, keepDigits) : JSON.parse(text);
    return { ok: true, value: scan.hasUnsafeEscape ? makeStorable(value) : value };
  } catch (error) {
    return fault('syntax', syntaxMessage(error));
  }
}

/** `parseJson` for text that is already decoded. */
export function parseJsonText(text: string): ParsedJson {
  return parseJson(Buffer.from(text, 'utf8'));
}

/** Whether a payload says nothing: `{}`, `[]`, `null`, `0`, `false`, `""`. */
export function isEmptyPayload(value: Json): boolean {
  if (value === null || value === false || value === '' || value === 0) return true;
  if (isSenderNumber(value)) return Number(value.digits) === 0;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function keepDigits(this: unknown, _name: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? new SenderNumber(source)
    : value;
}

function makeStorable(value: Json): Json {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(makeStorable);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [storableText(name), makeStorable(member)]));
}

function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

function syntaxMessage(error: unknown): string {
  const place = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  return place === undefined ? 'Body is not valid JSON' : `Body is not valid JSON (at character ${Number(place) + 1})`;
}

function fault(reason: JsonFault, message: string): ParsedJson {
  return { ok: false, reason, message };
}
