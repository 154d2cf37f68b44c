import { SenderNumber } from '../../workflows/domain/sender-number.ts';
import type { Cursor } from './cursor.ts';
import type { CompareOperator, FilterSyntax, Operand, SingularPath } from './path-syntax.ts';

const NUMBER = /-?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?(?![\p{L}\p{N}_.])/uy;
const WORD = /(?:true|false|null)(?![\p{L}\p{N}_-])/uy;
const OPERATORS: readonly (readonly [string, CompareOperator])[] = [
  ['===', '=='],
  ['!==', '!='],
  ['==', '=='],
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['<', '<'],
  ['>', '>'],
];
const DEEPEST = 16;
const MOST_TESTS = 64;

/** Reads the filter after `[?`: comparisons and existence of `@.a` or `$.a`, joined by `&&`, `||`, `!` and parentheses. Nothing else. */
export function readFilter(cursor: Cursor): FilterSyntax {
  return readOr(cursor, { depth: 0, tests: 0 });
}

interface Extent {
  depth: number;
  tests: number;
}

function readOr(cursor: Cursor, extent: Extent): FilterSyntax {
  let left = readAnd(cursor, extent);
  for (;;) {
    cursor.skipBlanks();
    if (!cursor.take('||')) return left;
    left = { kind: 'or', left, right: readAnd(cursor, extent) };
  }
}

function readAnd(cursor: Cursor, extent: Extent): FilterSyntax {
  let left = readTest(cursor, extent);
  for (;;) {
    cursor.skipBlanks();
    if (!cursor.take('&&')) return left;
    left = { kind: 'and', left, right: readTest(cursor, extent) };
  }
}

function readTest(cursor: Cursor, extent: Extent): FilterSyntax {
  cursor.skipBlanks();
  extent.tests += 1;
  if (extent.tests > MOST_TESTS || extent.depth > DEEPEST) cursor.fail('the filter is too large');
  if (cursor.peek() === '!' && cursor.peek(1) !== '=') {
    cursor.take('!');
    extent.depth += 1;
    const inner = readTest(cursor, extent);
    extent.depth -= 1;
    return { kind: 'not', inner };
  }
  if (cursor.take('(')) {
    extent.depth += 1;
    const inner = readOr(cursor, extent);
    extent.depth -= 1;
    cursor.skipBlanks();
    cursor.expect(')', 'a comparison (==, !=, <, <=, >, >=), &&, || or )');
    return inner;
  }
  return readComparison(cursor);
}

function readComparison(cursor: Cursor): FilterSyntax {
  const left = readOperand(cursor);
  cursor.skipBlanks();
  const operator = OPERATORS.find(([sign]) => cursor.take(sign))?.[1];
  if (operator !== undefined) {
    cursor.skipBlanks();
    return { kind: 'compare', operator, left, right: readOperand(cursor) };
  }
  if (left.kind === 'path') return { kind: 'exists', path: left.path };
  return cursor.fail('expected ==, !=, <, <=, > or >= after a value');
}

function readOperand(cursor: Cursor): Operand {
  const next = cursor.peek();
  if (next === '@' || next === '$') return { kind: 'path', path: readSingular(cursor) };
  if (next === "'" || next === '"') return { kind: 'literal', value: cursor.quoted() };
  if (next === '/') cursor.fail('regular expressions are not allowed in filters; use a routing rule');
  const word = cursor.match(WORD);
  if (word !== null) return { kind: 'literal', value: word === 'null' ? null : word === 'true' };
  const number = cursor.match(NUMBER);
  if (number !== null)
    return { kind: 'literal', value: String(Number(number)) === number ? Number(number) : new SenderNumber(number) };
  return cursor.fail('a filter compares @.field with a text in quotes, a number, true, false or null');
}

function readSingular(cursor: Cursor): SingularPath {
  const path: SingularPath = { from: cursor.take('@') ? 'current' : 'root', steps: [] };
  if (path.from === 'root') cursor.expect('$', '$');
  for (;;) {
    if (cursor.peek() === '.') {
      cursor.take('.');
      path.steps.push(
        cursor.name() ?? cursor.fail('a filter reaches a value by names and indexes only, such as @.a.b[0]'),
      );
    } else if (cursor.take('[')) {
      path.steps.push(readStep(cursor));
    } else break;
  }
  if (cursor.peek() === '(') cursor.fail('calls are not allowed in filters');
  if (/[\p{L}\p{N}_~^]/u.test(cursor.peek()))
    cursor.fail('a filter reaches a value by names and indexes only, such as @.a.b[0]');
  return path;
}

function readStep(cursor: Cursor): string | number {
  cursor.skipBlanks();
  const quoted = cursor.peek() === "'" || cursor.peek() === '"';
  const step = quoted ? cursor.quoted() : cursor.integer();
  if (step === null) cursor.fail('a filter reaches a value by names and indexes only, such as @.a.b[0]');
  cursor.skipBlanks();
  cursor.expect(']', ']');
  return step;
}
