import type { Json, JsonNumber } from '../contracts/json.ts';

/** A number for `JSON.stringify` to print as it is written here (ECMAScript, "JSON.parse source text access"); no compiler knows it yet. */
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** A number that JavaScript would change, kept with the sender's digits. The mark sits on the prototype, where no JSON text can put it. */
export class SenderNumber implements JsonNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  get isJsonNumber(): true {
    return true;
  }

  /** What `JSON.stringify` prints as it is. */
  toJSON(): unknown {
    return rawJson(this.digits);
  }
}

/** Whether a value is a number with the sender's digits. Works across copies of this module; an object a sender shaped alike is not one. */
export function isSenderNumber(value: unknown): value is JsonNumber {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { isJsonNumber?: unknown }).isJsonNumber === true &&
    !Object.hasOwn(value, 'isJsonNumber') &&
    !Array.isArray(value)
  );
}

/** Whether a value is a JSON object (no array, no number). */
export function isJsonObject(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isSenderNumber(value);
}

/** The value of an object's own member; `undefined` for anything else, inherited names included. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
