import { badCondition } from './errors.ts';

/** How a quote inside a quoted literal is written; nobody knows for sure, `none` is the one seen live (facts §3.3). */
export type QuoteEscaping = 'none' | 'doubled' | 'backslash';

export type Token =
  | { kind: 'punctuation'; text: '(' | ')' | ',' }
  | { kind: 'operator'; text: '=' | '!=' | '<' | '<=' | '>' | '>=' }
  | { kind: 'word'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'number'; text: string }
  | { kind: 'datetime'; text: string };

export const notUnderstood = (near: string) =>
  badCondition(
    `The conditions could not be understood near '${near}'. String values must be quoted, date times must be in ` +
      'brackets, numbers, booleans and null must be bare.',
  );

const patterns: readonly (readonly [Exclude<Token['kind'], 'text'>, RegExp])[] = [
  ['punctuation', /[(),]/y],
  ['operator', /!=|<=|>=|=|<|>/y],
  ['number', /-?\d+(?:\.\d+)?(?![\w.])/y],
  ['datetime', /\[[^\]]*\]/y],
  ['word', /[A-Za-z_][\w]*(?:\/[A-Za-z_]\w*)*/y],
];

export function tokenize(source: string, escaping: QuoteEscaping): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const char = source.charAt(at);
    if (/\s/.test(char)) at += 1;
    else if (char === '"' || char === "'") {
      const literal = readLiteral(source, at, escaping);
      tokens.push({ kind: 'text', text: literal.value });
      at = literal.end;
    } else {
      const token = readToken(source, at);
      tokens.push(token);
      at += token.text.length;
    }
  }
  return tokens;
}

function readToken(source: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { kind, text } as Token;
  }
  throw notUnderstood(source.slice(at, at + 30));
}

function readLiteral(source: string, start: number, escaping: QuoteEscaping): { value: string; end: number } {
  const quote = source.charAt(start);
  let value = '';
  for (let at = start + 1; at < source.length; at += 1) {
    const char = source.charAt(at);
    const next = source.charAt(at + 1);
    if (escaping === 'backslash' && char === '\\' && (next === quote || next === '\\')) {
      value += next;
      at += 1;
    } else if (char !== quote) value += char;
    else if (escaping === 'doubled' && next === quote) {
      value += quote;
      at += 1;
    } else return { value, end: at + 1 };
  }
  throw notUnderstood(source.slice(start, start + 30));
}
