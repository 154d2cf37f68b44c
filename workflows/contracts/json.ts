/** A JSON value as a sender wrote it. Numbers that JavaScript would change arrive as `JsonNumber`. */
export type Json = string | number | boolean | null | JsonNumber | Json[] | { [name: string]: Json };

/** A number kept with the sender's own digits (big integers, `1.50`), made by the parser in `infra/json.ts`. */
export interface JsonNumber {
  readonly digits: string;
  readonly isJsonNumber: true;
}
