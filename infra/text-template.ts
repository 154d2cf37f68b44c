import type { CompiledPath, CompiledText, TextPart, TextVariable } from '../workflows/domain/compiled-endpoint.ts';
import { compilePath, toCompiledPath } from './jsonpath.ts';
import { PathFault } from './jsonpath/path-syntax.ts';
import { readPathWithin } from './jsonpath/read-path.ts';

/** `doubts`: what can be read and will hardly mean what was meant. */
export type TextResult<T> = { text: T; faults: string[]; doubts: string[] };

const VARIABLE = /\{\{\s*(monitor_name|msg|request_id)\s*\}\}/y;
const BARE_PATH = /\$(?:\.[\p{L}\p{N}_@*.-]|\[|root[.[])/uy;
const BRACES = /\{\s*\$/;
const BRACED_PATH = /\{\s*(?=\$)/y;
const WORD_CHARACTER = /[\p{L}\p{N}_$]/u;
const MOST_PARTS = 500;

interface Reading {
  braces: boolean;
  bare: boolean;
  variables: boolean;
}

/**
 * Reads the value of a mapping: one path; or text with `{$.path}`, kept as it stands; or words with `$.path` among them.
 * What cannot be read stays literal text and is named in `faults`.
 */
export function compileMapping(value: string): TextResult<CompiledText> {
  const trimmed = value.trim();
  const isOneWord = !/\s/.test(trimmed);
  const whole = compilePath(trimmed);
  if (whole.ok && (isOneWord || isOnePath(trimmed)))
    return { text: { form: 'path', path: whole.path }, faults: [], doubts: [] };
  const faults: string[] = [];
  const parts = readParts(trimmed, { braces: true, bare: true, variables: false }, faults);
  const doubts = [...dashDoubts(parts), ...(whole.ok && trimmed.includes('|') ? [barDoubt(trimmed)] : [])];
  if (BRACES.test(trimmed)) return { text: { form: 'text', parts }, faults, doubts };
  if (isOneWord && !whole.ok && !joinsPaths(parts))
    return { text: { form: 'text', parts: [] }, faults: [whole.message], doubts: [] };
  return { text: { form: 'words', words: splitWords(parts) }, faults, doubts };
}

/** Reads a description template: `{{ monitor_name }}`, `{{ msg }}`, `{{ request_id }}` and `{$.path}`; the rest is literal. */
export function compileTemplate(template: string): TextResult<TextPart[]> {
  const faults: string[] = [];
  return { text: readParts(template, { braces: true, bare: false, variables: true }, faults), faults, doubts: [] };
}

/** `$.host-$.port`: the dash belongs to the name before it. */
function dashDoubts(parts: readonly TextPart[]): string[] {
  return parts.flatMap((part, index) =>
    part.kind === 'path' && part.path.text.endsWith('-') && parts[index + 1]?.kind === 'path'
      ? [
          `“${part.path.text}” names a field that ends in a dash. To put a dash between two values, write {${part.path.text.slice(0, -1)}}-{…}`,
        ]
      : [],
  );
}

/** `$.a | $.b`: with blanks the bar is a word of its own. */
function barDoubt(text: string): string {
  return `the bar with blanks around it is text between two values. For the first of them that is there, write ${text.replace(/\s*\|\s*/g, '|')}`;
}

function isOnePath(text: string): boolean {
  if (!text.startsWith('$')) return false;
  try {
    return readPathWithin(text, 0).end === text.length;
  } catch {
    return false;
  }
}

/** Whether one word is more than a path with something left over: `$.host:$.port`, `host=$.host`. */
function joinsPaths(parts: readonly TextPart[]): boolean {
  const paths = parts.filter((part) => part.kind === 'path').length;
  return paths > 1 || (paths === 1 && parts[0]?.kind === 'literal');
}

function startsBarePath(text: string, at: number): boolean {
  BARE_PATH.lastIndex = at;
  return BARE_PATH.test(text) && (at === 0 || !WORD_CHARACTER.test(text[at - 1] ?? ''));
}

function readParts(text: string, reading: Reading, faults: string[]): TextPart[] {
  const parts: TextPart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const found = readPartAt(text, at, reading, faults);
    if (found === null) {
      literal += text[at] ?? '';
      at += 1;
      continue;
    }
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
    parts.push(found.part);
    at = found.end;
  }
  if (literal !== '') parts.push({ kind: 'literal', text: literal });
  if (parts.length > MOST_PARTS) faults.push(`more than ${MOST_PARTS} parts`);
  return parts.slice(0, MOST_PARTS);
}

function readPartAt(
  text: string,
  at: number,
  reading: Reading,
  faults: string[],
): { part: TextPart; end: number } | null {
  const next = text[at];
  if (next === '{' && reading.variables) {
    VARIABLE.lastIndex = at;
    const variable = VARIABLE.exec(text);
    if (variable !== null)
      return { part: { kind: 'variable', name: variable[1] as TextVariable }, end: VARIABLE.lastIndex };
  }
  if (next === '{' && reading.braces) {
    BRACED_PATH.lastIndex = at;
    if (BRACED_PATH.test(text)) return readBraced(text, BRACED_PATH.lastIndex, faults);
  }
  if (next === '$' && reading.bare && startsBarePath(text, at)) {
    const read = readSafely(text, at, faults);
    if (read !== null && read.end > at + 1) return { part: { kind: 'path', path: read.path }, end: read.end };
    if (read !== null)
      faults.push(`a path in “${text.slice(at, at + 40)}” cannot be read: expected a name after the dots`);
  }
  return null;
}

function readBraced(text: string, at: number, faults: string[]): { part: TextPart; end: number } | null {
  const read = readSafely(text, at, faults);
  if (read === null) return null;
  const close = /\s*\}/y;
  close.lastIndex = read.end;
  if (close.test(text)) return { part: { kind: 'path', path: read.path }, end: close.lastIndex };
  faults.push(`the path after “{” at character ${at} must end with “}”; quote unusual names: {$['a b']}`);
  return null;
}

function readSafely(text: string, at: number, faults: string[]): { path: CompiledPath; end: number } | null {
  try {
    const { paths, end } = readPathWithin(text, at);
    return { path: toCompiledPath(text.slice(at, end), paths), end };
  } catch (error) {
    if (!(error instanceof PathFault)) throw error;
    faults.push(`a path in “${text.slice(at, at + 40)}” cannot be read: ${error.message}`);
    return null;
  }
}

function splitWords(parts: readonly TextPart[]): TextPart[][] {
  const words: TextPart[][] = [];
  let word: TextPart[] = [];
  const endWord = (): void => {
    if (word.length > 0) words.push(word);
    word = [];
  };
  for (const part of parts) {
    if (part.kind !== 'literal') {
      word.push(part);
      continue;
    }
    part.text.split(/\s+/).forEach((piece, index) => {
      if (index > 0) endWord();
      if (piece !== '') word.push({ kind: 'literal', text: piece });
    });
  }
  endWord();
  return words;
}
