import { ApiFault, unknownName } from './errors.ts';
import type { Field, Schema } from './field-schema.ts';
import { readPath, resolvePath } from './filter-match.ts';
import { isObject, type JsonObject } from './json.ts';

/** `fields=id,status/name`: only what was named comes back, `_info` included only by name. */
export function projector(fields: string | null, schema: Schema): (row: JsonObject) => JsonObject {
  const names = (fields ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  if (names.length === 0) return (row) => row;
  const paths = names.map((name) => projectionPath(name, schema));
  return (row) => {
    const picked: JsonObject = {};
    for (const path of paths) copyPath(row, picked, path);
    return picked;
  };
}

function projectionPath(name: string, schema: Schema): string[] {
  const keys: string[] = [];
  let level: Schema | undefined = schema;
  for (const part of name.split('/')) {
    const known: string | undefined = Object.keys(level ?? {}).find((key) => key.toLowerCase() === part.toLowerCase());
    const field: Field | undefined = known === undefined ? undefined : level?.[known];
    if (known === undefined || field === undefined || field.hidden === true)
      throw new ApiFault(400, { code: 'InvalidArgument', message: `${name} is not a recognized field.`, errors: null });
    keys.push(known);
    level = field.sub;
  }
  return keys;
}

function copyPath(from: JsonObject, into: JsonObject, keys: readonly string[]): void {
  const [key, ...rest] = keys;
  if (key === undefined || from[key] === undefined) return;
  const value = from[key];
  if (rest.length === 0 || !isObject(value)) {
    into[key] = value;
    return;
  }
  const existing = into[key];
  const inner = isObject(existing) && existing !== value ? existing : {};
  copyPath(value, inner, rest);
  into[key] = inner;
}

/** `orderBy=status/name asc, id desc`; ids rising when nothing is asked. */
export function orderer(
  orderBy: string | null,
  schema: Schema,
): ((one: JsonObject, other: JsonObject) => number) | null {
  if (orderBy === null || orderBy.trim() === '') return null;
  const keys = orderBy.split(',').map((part) => {
    const [name = '', direction = 'asc', extra] = part.trim().split(/\s+/);
    if (!/^(asc|desc)$/i.test(direction) || extra !== undefined) throw unknownName(part.trim());
    return { path: resolvePath(name, schema).keys, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return (one, other) => {
    for (const { path, sign } of keys) {
      const order = compare(readPath(one, path), readPath(other, path));
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}

function compare(one: unknown, other: unknown): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).toLowerCase() < String(other).toLowerCase() ? -1 : 1;
}
