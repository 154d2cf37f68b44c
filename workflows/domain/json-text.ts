import type { Json } from '../contracts/json.ts';
import { MASK } from './redaction.ts';
import { isSenderNumber } from './sender-number.ts';

/** Longest text made of an object or a list when it becomes the value of a field. */
export const VALUE_TEXT_LIMIT = 30_000;

export interface PrintOptions {
  /** Blanks a level; 0 prints one line without blanks. */
  indent: number;
  /** Printing stops soon after this many characters; the caller cuts. */
  limit: number;
  /** Names whose values are printed as a mask. */
  isSecret?: (name: string) => boolean;
}

/** JSON text of a value with the sender's digits. Beyond `limit` the text is incomplete. Without options the engine prints it. */
export function printJson(value: Json, options?: PrintOptions): string {
  if (options === undefined) return JSON.stringify(value);
  const out: Printed = { text: '', limit: options.limit, isSecret: options.isSecret ?? null };
  printInto(out, value, options.indent, options.indent > 0 ? '\n' : '');
  return out.text;
}

/** A value as text the way JSON writes it, texts without quotes: `true`, `1.50`, `{"a":1}`. Objects are cut at `VALUE_TEXT_LIMIT`. */
export function textOf(value: Json, isSecret?: (name: string) => boolean): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  if (isSenderNumber(value)) return value.digits;
  const options = { indent: 0, limit: VALUE_TEXT_LIMIT, ...(isSecret === undefined ? {} : { isSecret }) };
  return cutUnits(printJson(value, options), VALUE_TEXT_LIMIT);
}

/** At most `max` UTF-16 units, never half a code point. */
export function cutUnits(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}

interface Printed {
  text: string;
  limit: number;
  isSecret: ((name: string) => boolean) | null;
}

function printInto(out: Printed, value: Json, indent: number, newLine: string): void {
  if (out.text.length > out.limit) return;
  if (typeof value === 'string') {
    out.text += JSON.stringify(value.length > out.limit ? cutUnits(value, out.limit) : value);
    return;
  }
  if (typeof value !== 'object' || value === null) {
    out.text += String(value);
    return;
  }
  if (isSenderNumber(value)) {
    out.text += value.digits;
    return;
  }
  const inner = newLine === '' ? '' : newLine + ' '.repeat(indent);
  if (Array.isArray(value)) printList(out, value, indent, newLine, inner);
  else printObject(out, value, indent, newLine, inner);
}

function printList(out: Printed, list: Json[], indent: number, newLine: string, inner: string): void {
  if (list.length === 0) {
    out.text += '[]';
    return;
  }
  let before = '[';
  for (const item of list) {
    out.text += before + inner;
    printInto(out, item, indent, inner);
    if (out.text.length > out.limit) return;
    before = ',';
  }
  out.text += `${newLine}]`;
}

function printObject(
  out: Printed,
  object: { [name: string]: Json },
  indent: number,
  newLine: string,
  inner: string,
): void {
  const colon = newLine === '' ? ':' : ': ';
  let before = '{';
  for (const name of Object.keys(object)) {
    out.text += before + inner + JSON.stringify(name) + colon;
    printInto(out, out.isSecret?.(name) ? MASK : (object[name] ?? null), indent, inner);
    if (out.text.length > out.limit) return;
    before = ',';
  }
  out.text += before === '{' ? '{}' : `${newLine}}`;
}
