const BLANK = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[ !#-[\]-\uFFFF]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** The beginning of a token, up to the end of the text. */
const BEGUN = /^(?:"(?:[ !#-[\]-\uFFFF]|\\.)*\\?|-|t|tr|tru|f|fa|fal|fals|n|nu|nul)$/s;
const BEGUN_FRACTION = /^(?:\.|[eE][+-]?)$/;

type Wanted = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or end' | 'nothing';

/** Where a text stops being JSON, as an offset; `isCutOff` where it would go on, were it longer. null for whole JSON. */
export function findJsonFault(text: string): { offset: number; isCutOff: boolean } | null {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    BLANK.lastIndex = at;
    at += BLANK.exec(text)?.[0].length ?? 0;
    if (at >= text.length) return wanted === 'nothing' ? null : { offset: text.length, isCutOff: true };
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return { offset: at, isCutOff: BEGUN.test(text.slice(at)) };
    const next = after(token, wanted, open);
    if (next === null) return { offset: at, isCutOff: false };
    wanted = next;
    at += token.length;
    if (/\d$/.test(token) && BEGUN_FRACTION.test(text.slice(at, at + 3)))
      return { offset: text.length, isCutOff: true };
  }
}

/** What may follow `token` where `wanted` was expected; null where it may not stand. `open` is kept up to date. */
function after(token: string, wanted: Wanted, open: ('{' | '[')[]): Wanted | null {
  const isText = token.startsWith('"');
  if (wanted === ':') return token === ':' ? 'value' : null;
  if (wanted === 'name' || (wanted === 'name or }' && token !== '}')) return isText ? ':' : null;
  if (wanted === 'nothing') return null;
  const isEnd = token === '}' || token === ']';
  if (isEnd && wanted !== 'value') {
    if (open.pop() !== (token === '}' ? '{' : '[')) return null;
    return open.length === 0 ? 'nothing' : ', or end';
  }
  if (wanted === ', or end') return token === ',' ? (open.at(-1) === '{' ? 'name' : 'value') : null;
  if (token === '{' || token === '[') {
    open.push(token);
    return token === '{' ? 'name or }' : 'value or ]';
  }
  if (isEnd || token === ',' || token === ':') return null;
  return open.length === 0 ? 'nothing' : ', or end';
}
