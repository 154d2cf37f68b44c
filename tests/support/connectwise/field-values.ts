import { invalidField, missingField, type ErrorDetail } from './errors.ts';
import type { Field, Schema } from './field-schema.ts';
import { isObject, type JsonObject } from './json.ts';

export type LengthUnit = 'code-points' | 'utf16';

const fitsKind: Record<Field['kind'], (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  datetime: (value) => typeof value === 'string',
  choice: (value) => typeof value === 'string',
  reference: isObject,
  list: Array.isArray,
  object: isObject,
};

/** What is wrong with one value of a field, if anything; null clears a field and is always of the right type. */
export function valueFault(
  resource: string,
  name: string,
  field: Field,
  value: unknown,
  unit: LengthUnit,
): ErrorDetail | null {
  if (value === null || value === undefined) return null;
  if (!fitsKind[field.kind](value)) return invalidField(resource, name, `The value of ${name} has the wrong type.`);
  if (field.kind === 'choice' && !field.choices?.includes(String(value)))
    return invalidField(resource, name, `Enum value supplied was invalid for ${name}.`);
  if (field.kind === 'datetime' && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(String(value)))
    return {
      code: 'UnsupportedFormat',
      message: `${name} must look like YYYY-MM-DDTHH:mm:ssZ.`,
      resource,
      field: name,
    };
  if (field.max !== undefined && lengthOf(String(value), unit) > field.max)
    return invalidField(resource, name, `The field ${name} must be a string with a maximum length of ${field.max}.`);
  return null;
}

const lengthOf = (value: string, unit: LengthUnit): number => (unit === 'utf16' ? value.length : [...value].length);

/** Copies what the body may set into the row; unknown names and those only the server sets are left out, as it does. */
export function copyPlainFields(
  resource: string,
  schema: Schema,
  body: JsonObject,
  into: JsonObject,
  unit: LengthUnit,
  errors: ErrorDetail[],
): void {
  for (const [name, value] of Object.entries(body)) {
    const field = Object.hasOwn(schema, name) ? schema[name] : undefined;
    if (field === undefined || (field.write !== 'always' && field.write !== 'create')) continue;
    const fault = valueFault(resource, name, field, value, unit);
    if (fault !== null) errors.push(fault);
    else if (field.kind !== 'reference' && field.hidden !== true && value !== null && value !== undefined)
      into[name] = value;
  }
}

export function requireText(resource: string, row: JsonObject, name: string, errors: ErrorDetail[]): void {
  const value = row[name];
  if ((typeof value !== 'string' || value.trim() === '') && !errors.some((error) => error.field === name))
    errors.push(missingField(resource, name));
}
