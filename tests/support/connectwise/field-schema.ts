export type FieldKind = 'text' | 'number' | 'boolean' | 'datetime' | 'choice' | 'reference' | 'list' | 'object';

/** Who may set a field: any write, the create only, nobody (400), or nobody but silently (derived from other fields). */
export type Writable = 'always' | 'create' | 'never' | 'derived';

export type Field = {
  readonly kind: FieldKind;
  readonly write: Writable;
  readonly max?: number;
  readonly choices?: readonly string[];
  readonly sub?: Schema;
  readonly filterable?: boolean;
  readonly hidden?: boolean;
  readonly from?: readonly string[];
};

export type Schema = Readonly<Record<string, Field>>;

export const text = (max?: number, write: Writable = 'always'): Field =>
  max === undefined ? { kind: 'text', write } : { kind: 'text', write, max };
export const number = (write: Writable = 'always'): Field => ({ kind: 'number', write });
export const boolean = (write: Writable = 'always'): Field => ({ kind: 'boolean', write });
export const datetime = (write: Writable = 'always'): Field => ({ kind: 'datetime', write });
export const choice = (...choices: string[]): Field => ({ kind: 'choice', write: 'always', choices });
export const list = (write: Writable = 'always'): Field => ({ kind: 'list', write, filterable: false });
export const hidden = (field: Field): Field => ({ ...field, hidden: true, filterable: false });

export const reference = (sub: Schema = namedReference, write: Writable = 'always'): Field => ({
  kind: 'reference',
  write,
  sub,
});

const namedReference: Schema = { id: number('never'), name: text() };
export const identifiedReference: Schema = { id: number('never'), identifier: text(), name: text() };

const infoFields: Schema = {
  lastUpdated: datetime('never'),
  updatedBy: text(undefined, 'never'),
  dateEntered: datetime('never'),
  enteredBy: text(undefined, 'never'),
};

/** Every record carries `_info`; its two instants are filtered by their own names (facts §3.2). */
export const info: Schema = {
  _info: { kind: 'object', write: 'never', sub: infoFields, filterable: false },
  lastUpdated: { kind: 'datetime', write: 'never', from: ['_info', 'lastUpdated'], hidden: true },
  dateEntered: { kind: 'datetime', write: 'never', from: ['_info', 'dateEntered'], hidden: true },
};

const lowered = new WeakMap<Schema, Map<string, string>>();

/** The field of that name in any case, as conditions see it. */
export function findFieldAnyCase(schema: Schema, name: string): { name: string; field: Field } | undefined {
  let names = lowered.get(schema);
  if (names === undefined) {
    names = new Map(Object.keys(schema).map((key) => [key.toLowerCase(), key]));
    lowered.set(schema, names);
  }
  const exact = names.get(name.toLowerCase());
  const field = exact === undefined ? undefined : schema[exact];
  return exact === undefined || field === undefined ? undefined : { name: exact, field };
}
