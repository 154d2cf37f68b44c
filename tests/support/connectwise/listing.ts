import type { Call, Reply } from './call.ts';
import { unknownName } from './errors.ts';
import type { Schema } from './field-schema.ts';
import { parseConditions, type Condition } from './filter-grammar.ts';
import { compileCondition } from './filter-match.ts';
import type { QuoteEscaping } from './filter-lexer.ts';
import { isObject, isText, type JsonObject } from './json.ts';
import { pageOf } from './paging.ts';
import { orderer, projector } from './projection.ts';
import { customFieldSchema } from './schemas.ts';

export type Source = {
  schema: Schema;
  /** Candidates for a condition: all rows, or those an index names. Ids rising. */
  rows: (condition: Condition | null) => Iterable<JsonObject>;
  present?: (row: JsonObject) => JsonObject;
};

type Query = { conditions: string | null; orderBy: string | null; child: string | null; custom: string | null };

const fromAddress = ({ query }: Call): Query => ({
  conditions: query.get('conditions'),
  orderBy: query.get('orderBy'),
  child: query.get('childConditions') ?? query.get('childconditions'),
  custom: query.get('customFieldConditions') ?? query.get('customfieldconditions'),
});

/** The body of `POST …/search`; its names ignore case. */
function fromBody(body: unknown): Query {
  const given = new Map(
    Object.entries(isObject(body) ? body : {}).map(([name, value]) => [
      name.toLowerCase(),
      isText(value) ? value : null,
    ]),
  );
  return {
    conditions: given.get('conditions') ?? null,
    orderBy: given.get('orderby') ?? null,
    child: given.get('childconditions') ?? null,
    custom: given.get('customfieldconditions') ?? null,
  };
}

export function listReply(
  call: Call,
  source: Source,
  escaping: QuoteEscaping,
  query: Query = fromAddress(call),
): Reply {
  const order = orderer(query.orderBy, source.schema);
  const project = projector(call.query.get('fields'), source.schema);
  const found = select(source, query, escaping);
  if (order !== null) found.sort(order);
  const page = pageOf(found, call);
  const present = source.present ?? ((row: JsonObject) => row);
  return { status: 200, body: page.rows.map((row) => project(present(row))), headers: { Link: page.link } };
}

export const searchReply = (call: Call, source: Source, escaping: QuoteEscaping): Reply =>
  listReply(call, source, escaping, fromBody(call.body));

export const countReply = (call: Call, source: Source, escaping: QuoteEscaping): Reply => ({
  status: 200,
  body: { count: select(source, fromAddress(call), escaping).length },
});

export function recordReply(call: Call, source: Source, row: JsonObject, status = 200): Reply {
  const present = source.present ?? ((one: JsonObject) => one);
  return { status, body: projector(call.query.get('fields'), source.schema)(present(row)) };
}

function select(source: Source, query: Query, escaping: QuoteEscaping): JsonObject[] {
  const condition = isBlank(query.conditions) ? null : parseConditions(query.conditions, escaping);
  const matches = condition === null ? null : compileCondition(condition, source.schema);
  const custom = isBlank(query.custom)
    ? null
    : compileCondition(parseConditions(query.custom, escaping), customFieldSchema);
  if (!isBlank(query.child)) throw unknownName(query.child.trim().split(/\s/)[0] ?? query.child);
  const found: JsonObject[] = [];
  for (const row of source.rows(condition)) {
    if (matches !== null && !matches(row)) continue;
    if (custom !== null && !customFieldsOf(row).some(custom)) continue;
    found.push(row);
  }
  return found;
}

const isBlank = (value: string | null): value is null => value === null || value.trim() === '';

const customFieldsOf = (row: JsonObject): JsonObject[] => {
  const fields = row['customFields'];
  return Array.isArray(fields) ? fields.filter(isObject) : [];
};
