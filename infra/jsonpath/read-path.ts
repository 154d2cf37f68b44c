import { Cursor } from './cursor.ts';
import type { PathSyntax, Segment, Selector } from './path-syntax.ts';
import { PathFault } from './path-syntax.ts';
import { readFilter } from './read-filter.ts';

const LONGEST_PATH = 1_000;
const MOST_SEGMENTS = 64;
const MOST_ALTERNATIVES = 16;

/**
 * Reads a whole text as a path: `$.a[0]`, or a field path without `$` (`heartbeat.status`); `|` joins alternatives.
 * Throws `PathFault` on anything else.
 */
export function readPath(text: string): PathSyntax[] {
  const trimmed = text.trim();
  if (trimmed === '') throw new PathFault('the path is empty', 0);
  if (trimmed.length > LONGEST_PATH)
    throw new PathFault(`the path is longer than ${LONGEST_PATH} characters`, LONGEST_PATH);
  const cursor = new Cursor(trimmed, 0);
  const paths = readAlternatives(cursor, true);
  if (cursor.at < trimmed.length)
    cursor.fail(`cannot read “${trimmed.slice(cursor.at, cursor.at + 12)}”; quote unusual names: $['a b']`);
  return paths;
}

/** Reads the longest path that starts with `$` at a place inside a text; answers where it ends. */
export function readPathWithin(text: string, at: number): { paths: PathSyntax[]; end: number } {
  const cursor = new Cursor(text, at);
  const paths = readAlternatives(cursor, false);
  if (cursor.at - at > LONGEST_PATH) throw new PathFault(`the path is longer than ${LONGEST_PATH} characters`, at);
  return { paths, end: cursor.at };
}

function readAlternatives(cursor: Cursor, isWhole: boolean): PathSyntax[] {
  const paths = [readOne(cursor, isWhole)];
  for (;;) {
    const before = cursor.at;
    if (isWhole) cursor.skipBlanks();
    if (!cursor.take('|')) {
      cursor.at = before;
      return paths;
    }
    if (isWhole) cursor.skipBlanks();
    if (!isWhole && cursor.peek() !== '$') {
      cursor.at = before;
      return paths;
    }
    if (paths.length >= MOST_ALTERNATIVES) cursor.fail(`more than ${MOST_ALTERNATIVES} alternatives`);
    paths.push(readOne(cursor, isWhole));
  }
}

function readOne(cursor: Cursor, isWhole: boolean): PathSyntax {
  const path: PathSyntax = { start: 'item', segments: [] };
  if (cursor.take('$')) {
    const before = cursor.at;
    if (cursor.name() === 'root') path.start = 'body';
    else cursor.at = before;
  } else {
    const name = cursor.name();
    if (name !== null) path.segments.push({ descends: false, selectors: [{ kind: 'name', name }] });
    else if (cursor.peek() !== '[' && cursor.peek() !== '.') cursor.fail('a path starts with $ or with a field name');
  }
  for (;;) {
    const segment = readSegment(cursor, isWhole);
    if (segment === null) return path;
    path.segments.push(segment);
    if (path.segments.length > MOST_SEGMENTS) cursor.fail(`more than ${MOST_SEGMENTS} steps`);
  }
}

function readSegment(cursor: Cursor, isWhole: boolean): Segment | null {
  const before = cursor.at;
  if (cursor.take('..')) {
    if (cursor.peek() === '[') return { descends: true, selectors: readBracket(cursor) };
    const selector = readDotted(cursor);
    if (selector !== null) return { descends: true, selectors: [selector] };
  } else if (cursor.take('.')) {
    const selector = readDotted(cursor);
    if (selector !== null) return { descends: false, selectors: [selector] };
  } else if (cursor.peek() === '[') {
    return { descends: false, selectors: readBracket(cursor) };
  } else return null;
  if (isWhole) cursor.fail("expected a name, * or [ after the dot; quote unusual names: $['a b']");
  cursor.at = before;
  return null;
}

function readDotted(cursor: Cursor): Selector | null {
  if (cursor.take('*')) return { kind: 'wildcard' };
  const name = cursor.name();
  return name === null ? null : { kind: 'name', name };
}

function readBracket(cursor: Cursor): Selector[] {
  cursor.expect('[', '[');
  const selectors: Selector[] = [];
  for (;;) {
    cursor.skipBlanks();
    selectors.push(readSelector(cursor));
    cursor.skipBlanks();
    if (cursor.take(']')) return selectors;
    cursor.expect(',', '] or a comma');
  }
}

function readSelector(cursor: Cursor): Selector {
  const next = cursor.peek();
  if (next === "'" || next === '"') return { kind: 'name', name: cursor.quoted() };
  if (cursor.take('*')) return { kind: 'wildcard' };
  if (cursor.take('?')) return { kind: 'filter', test: readFilter(cursor) };
  if (next === '(') cursor.fail('scripts are not allowed; write a negative index such as [-1] for the last item');
  const start = cursor.integer();
  cursor.skipBlanks();
  if (cursor.take(':')) return readSlice(cursor, start);
  if (start === null) cursor.fail('expected an index, a quoted name, *, a slice or a filter in [ ]');
  return { kind: 'index', index: start };
}

function readSlice(cursor: Cursor, start: number | null): Selector {
  cursor.skipBlanks();
  const end = cursor.integer();
  cursor.skipBlanks();
  let step = 1;
  if (cursor.take(':')) {
    cursor.skipBlanks();
    step = cursor.integer() ?? 1;
  }
  if (step === 0) cursor.fail('the step of a slice cannot be 0');
  return { kind: 'slice', start, end, step };
}
