import { badCondition, unknownName } from './errors.ts';
import { findFieldAnyCase, type Field, type Schema } from './field-schema.ts';
import type { Condition, Literal, Operator, Test } from './filter-grammar.ts';
import { isObject, type JsonObject } from './json.ts';

export type Matcher = (row: JsonObject) => boolean;

/** Turns a parsed condition into a test of a record; unknown names and unfit literals are 400 here, not later. */
export function compileCondition(condition: Condition, schema: Schema): Matcher {
  if (condition.kind === 'test') return compileTest(condition, schema);
  const parts = condition.parts.map((part) => compileCondition(part, schema));
  return condition.kind === 'all'
    ? (row) => parts.every((part) => part(row))
    : (row) => parts.some((part) => part(row));
}

/** Where a slash path leads: the field and how to read it from a record. */
export function resolvePath(path: string, schema: Schema): { field: Field; keys: string[] } {
  const keys: string[] = [];
  let level: Schema | undefined = schema;
  let field: Field | undefined;
  for (const name of path.split('/')) {
    const found: ReturnType<typeof findFieldAnyCase> = level === undefined ? undefined : findFieldAnyCase(level, name);
    if (found === undefined || found.field.filterable === false) throw unknownName(path);
    field = found.field;
    keys.push(...(field.from ?? [found.name]));
    level = field.sub;
  }
  if (field === undefined || field.kind === 'reference') throw unknownName(path);
  return { field, keys };
}

export function readPath(row: JsonObject, keys: readonly string[]): unknown {
  let value: unknown = row;
  for (const key of keys) value = isObject(value) ? value[key] : undefined;
  return value ?? null;
}

function compileTest(test: Test, schema: Schema): Matcher {
  if (test.path.includes('/') === false && findFieldAnyCase(schema, test.path)?.field.kind === 'reference')
    return compileReferenceTest(test, schema);
  const { field, keys } = resolvePath(test.path, schema);
  for (const literal of test.values) checkLiteral(test, field, literal);
  const compare = comparison(test.operator, test.values, field);
  return (row) => {
    const value = readPath(row, keys);
    return compare(field.kind === 'datetime' && typeof value === 'string' ? Date.parse(value) : value, test.negated);
  };
}

/** A bare reference can only be asked whether it is there: `mergedParentTicket = null`. */
function compileReferenceTest(test: Test, schema: Schema): Matcher {
  const found = findFieldAnyCase(schema, test.path);
  const isNullTest = test.values[0]?.type === 'null' && (test.operator === '=' || test.operator === '!=');
  if (found === undefined || !isNullTest) throw unknownName(test.path);
  return (row) => (readPath(row, [found.name]) === null) === (test.operator === '=');
}

const literalOf = { text: 'text', choice: 'text', number: 'number', boolean: 'boolean', datetime: 'datetime' } as const;

function checkLiteral(test: Test, field: Field, literal: Literal): void {
  const wanted = field.kind in literalOf ? literalOf[field.kind as keyof typeof literalOf] : undefined;
  const isPattern = test.operator === 'contains' || test.operator === 'like';
  if (field.kind === 'choice') {
    const known = field.choices?.some((choice) => choice.toLowerCase() === String(literal.value).toLowerCase());
    if (isPattern || (literal.type !== 'null' && known !== true)) throw badCondition('Enum value supplied was invalid');
  }
  if (literal.type === 'null' && (test.operator === '=' || test.operator === '!=')) return;
  if (literal.type !== wanted || (isPattern && wanted !== 'text'))
    throw badCondition(
      `The value given for ${test.path} does not fit. String values must be quoted, date times must be in brackets, ` +
        'numbers, booleans and null must be bare.',
    );
}

type Comparable = string | number | boolean;
type Comparison = (value: unknown, negated: boolean) => boolean;

/** As SQL compares: text ignores case, and nothing but `= null` is true of a null. */
function comparison(operator: Operator, literals: Literal[], field: Field): Comparison {
  const [first] = literals;
  if (first?.type === 'null') return (value) => (value === null) === (operator === '=');
  const wanted = literals.map((literal) => folded(literal.value ?? ''));
  const positive = positiveTest(operator, wanted, field);
  return (value, negated) => {
    if (value === null || value === undefined) return false;
    return positive(folded(value as Comparable)) !== negated;
  };
}

function positiveTest(operator: Operator, wanted: Comparable[], field: Field): (value: Comparable) => boolean {
  const target = wanted[0] ?? '';
  switch (operator) {
    case '=':
      return (value) => value === target;
    case '!=':
      return (value) => value !== target;
    case '<':
      return (value) => value < target;
    case '<=':
      return (value) => value <= target;
    case '>':
      return (value) => value > target;
    case '>=':
      return (value) => value >= target;
    case 'in':
      return (value) => wanted.includes(value);
    case 'contains':
    case 'like': {
      if (field.kind !== 'text') throw badCondition('Enum value supplied was invalid');
      const pattern = likePattern(operator === 'contains' ? `%${target}%` : String(target));
      return (value) => pattern.test(String(value));
    }
  }
}

const folded = (value: Comparable): Comparable => (typeof value === 'string' ? value.toLowerCase() : value);

/** SQL's LIKE: `%` (and `*`) any run, `_` one character, `[set]` one of a set, which is why `[` must be written `[[]`. */
export function likePattern(source: string): RegExp {
  const body = source.replace(/\[([^\]]+)\]|[%*]|_|[\\^$.|?+()[\]{}/-]/g, (part, set: string | undefined) => {
    if (set !== undefined) return characterSet(set);
    if (part === '%' || part === '*') return '[\\s\\S]*';
    return part === '_' ? '[\\s\\S]' : `\\${part}`;
  });
  return new RegExp(`^${body}$`, 'i');
}

/** `a-f` in a set is a range if it runs upwards; any other hyphen is itself. */
const characterSet = (set: string): string => {
  const escaped = set.replace(/[\\[\]^]/g, '\\$&');
  return `[${escaped.replace(/(^|.)-($|.)/g, (range, from: string, to: string) =>
    from !== '' && to !== '' && from <= to ? range : `${from}\\-${to}`,
  )}]`;
};

/** What every match must equal in these fields, so that a store can answer from an index instead of a scan. */
export function requiredEquals(condition: Condition, names: readonly string[]): Map<string, string | number> {
  const found = new Map<string, string | number>();
  const parts = condition.kind === 'all' ? condition.parts : [condition];
  for (const part of parts) {
    if (part.kind !== 'test' || part.operator !== '=') continue;
    const name = names.find((candidate) => candidate.toLowerCase() === part.path.toLowerCase());
    const value = part.values[0]?.value;
    if (name !== undefined && (typeof value === 'string' || typeof value === 'number')) found.set(name, value);
  }
  return found;
}
