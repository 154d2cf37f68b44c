import { badCondition } from './errors.ts';
import { notUnderstood, tokenize, type QuoteEscaping, type Token } from './filter-lexer.ts';

export type Literal =
  | { type: 'text'; value: string }
  | { type: 'number'; value: number }
  | { type: 'boolean'; value: boolean }
  | { type: 'datetime'; value: number }
  | { type: 'null'; value: null };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'like' | 'in';

export type Test = { kind: 'test'; path: string; operator: Operator; negated: boolean; values: Literal[] };
export type Condition = { kind: 'all' | 'any'; parts: Condition[] } | Test;

/** The condition language of facts §3.2; `and` binds tighter than `or`, which the vendor leaves open. */
export function parseConditions(source: string, escaping: QuoteEscaping = 'none'): Condition {
  const reader = readerOf(tokenize(source, escaping));
  const condition = parseAny(reader);
  if (reader.peek() !== undefined) throw notUnderstood(reader.rest());
  return condition;
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(tokens: Token[]) {
  let at = 0;
  const rest = () =>
    tokens
      .slice(at, at + 4)
      .map((token) => token.text)
      .join(' ') || 'the end';
  return {
    rest,
    peek: () => tokens[at],
    next(): Token {
      const token = tokens[at];
      if (token === undefined) throw notUnderstood('the end');
      at += 1;
      return token;
    },
    takeWord(word: string): boolean {
      const token = tokens[at];
      const found = token?.kind === 'word' && token.text.toLowerCase() === word;
      if (found) at += 1;
      return found;
    },
    takeMark(mark: '(' | ')' | ','): boolean {
      const token = tokens[at];
      const found = token?.kind === 'punctuation' && token.text === mark;
      if (found) at += 1;
      return found;
    },
  };
}

function parseAny(reader: Reader): Condition {
  const parts = [parseAll(reader)];
  while (reader.takeWord('or')) parts.push(parseAll(reader));
  return joined('any', parts);
}

function parseAll(reader: Reader): Condition {
  const parts = [parsePart(reader)];
  while (reader.takeWord('and')) parts.push(parsePart(reader));
  return joined('all', parts);
}

function joined(kind: 'all' | 'any', parts: Condition[]): Condition {
  const only = parts.length === 1 ? parts[0] : undefined;
  return only ?? { kind, parts };
}

function parsePart(reader: Reader): Condition {
  if (!reader.takeMark('(')) return parseTest(reader);
  const inner = parseAny(reader);
  if (!reader.takeMark(')')) throw notUnderstood(reader.rest());
  return inner;
}

const reserved = new Set(['and', 'or', 'not', 'in', 'like', 'contains', 'true', 'false', 'null']);

function parseTest(reader: Reader): Test {
  const name = reader.next();
  if (name.kind !== 'word' || reserved.has(name.text.toLowerCase())) throw notUnderstood(name.text);
  const sign = reader.peek();
  if (sign?.kind === 'operator') {
    reader.next();
    return { kind: 'test', path: name.text, operator: sign.text, negated: false, values: [parseLiteral(reader)] };
  }
  const negated = reader.takeWord('not');
  for (const operator of ['contains', 'like'] as const)
    if (reader.takeWord(operator))
      return { kind: 'test', path: name.text, operator, negated, values: [parseLiteral(reader)] };
  if (reader.takeWord('in'))
    return { kind: 'test', path: name.text, operator: 'in', negated, values: parseList(reader) };
  throw notUnderstood(reader.rest());
}

function parseList(reader: Reader): Literal[] {
  if (!reader.takeMark('(')) throw notUnderstood(reader.rest());
  const values = [parseLiteral(reader)];
  while (reader.takeMark(',')) values.push(parseLiteral(reader));
  if (!reader.takeMark(')')) throw notUnderstood(reader.rest());
  return values;
}

function parseLiteral(reader: Reader): Literal {
  const token = reader.next();
  if (token.kind === 'text') return { type: 'text', value: token.text };
  if (token.kind === 'number') return { type: 'number', value: Number(token.text) };
  if (token.kind === 'datetime') return { type: 'datetime', value: parseInstant(token.text.slice(1, -1)) };
  const word = token.kind === 'word' ? token.text.toLowerCase() : '';
  if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true' };
  if (word === 'null') return { type: 'null', value: null };
  throw notUnderstood(token.text);
}

function parseInstant(value: string): number {
  const wellFormed = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/.test(value);
  const ms = wellFormed ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw badCondition(`[${value}] is not a valid date time; write [YYYY-MM-DDTHH:mm:ssZ].`);
  return ms;
}
