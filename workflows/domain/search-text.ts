import type { Json } from '../contracts/json.ts';
import { isSenderNumber, memberOf } from './sender-number.ts';
import { cutUnits, textOf } from './json-text.ts';
import { MASK } from './redaction.ts';

const FIRST_NAMES = ['title', 'name', 'msg', 'message', 'summary', 'status', 'host'] as const;

/** The words a masked body is found by, at most `max` characters: what people name it by first, then its texts in order, each once. */
export function searchText(maskedBody: Json, max = 120): string {
  const seen = new Set<string>();
  const parts: string[] = [];
  const found = { length: 0, max };
  const add = (value: Json | undefined): void => {
    if (value === undefined || value === null || typeof value === 'boolean' || value === MASK) return;
    if (typeof value === 'object' && !isSenderNumber(value)) return;
    const text = cutUnits(textOf(value), max).replace(/\s+/g, ' ').trim();
    if (text === '' || seen.has(text)) return;
    seen.add(text);
    parts.push(text);
    found.length += text.length + 1;
  };
  add(memberOf(memberOf(maskedBody, 'monitor'), 'name'));
  for (const name of FIRST_NAMES) add(memberOf(maskedBody, name));
  addAll(maskedBody, add, found);
  return cutUnits(parts.join(' '), max).trim();
}

function addAll(value: Json, add: (value: Json) => void, found: { length: number; max: number }): void {
  if (found.length > found.max) return;
  if (typeof value !== 'object' || value === null || isSenderNumber(value)) {
    add(value);
    return;
  }
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    if (found.length > found.max) return;
    addAll(inner, add, found);
  }
}
