import { PathFault } from './path-syntax.ts';

const NAME = /[\p{L}\p{N}_@-][\p{L}\p{M}\p{N}_@-]*/uy;
const INTEGER = /-?\d{1,9}(?!\d)/y;

/** A place in the text of a path, with what both readers need. */
export class Cursor {
  readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? '';
  }

  take(wanted: string): boolean {
    if (!this.text.startsWith(wanted, this.at)) return false;
    this.at += wanted.length;
    return true;
  }

  expect(wanted: string, what: string): void {
    if (!this.take(wanted)) this.fail(`expected ${what}`);
  }

  skipBlanks(): void {
    while (/\s/.test(this.peek())) this.at += 1;
  }

  fail(message: string): never {
    throw new PathFault(message, this.at);
  }

  name(): string | null {
    return this.match(NAME);
  }

  integer(): number | null {
    const text = this.match(INTEGER);
    return text === null ? null : Number(text);
  }

  quoted(): string {
    const quote = this.peek();
    this.at += 1;
    let text = '';
    for (;;) {
      const next = this.peek();
      if (next === '') this.fail(`a quoted name or text is not closed with ${quote}`);
      this.at += 1;
      if (next === quote) return text;
      text += next === '\\' ? this.escaped() : next;
    }
  }

  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.at += found.length;
    return found;
  }

  private escaped(): string {
    const mark = this.peek();
    this.at += 1;
    if (mark === 'n') return '\n';
    if (mark === 't') return '\t';
    if (mark === 'r') return '\r';
    if (mark === "'" || mark === '"' || mark === '\\' || mark === '/') return mark;
    const hex = mark === 'u' ? this.match(/[0-9a-fA-F]{4}/y) : null;
    if (hex !== null) return String.fromCharCode(Number.parseInt(hex, 16));
    this.at -= 1;
    return this.fail('unknown escape in a quoted name or text');
  }
}
