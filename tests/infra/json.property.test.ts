import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonText } from '../../infra/json.ts';
import { printJson } from '../../workflows/domain/json-text.ts';

const limit = Infinity;

test('parse of print gives the same value, whatever the indent', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
      const plain = JSON.parse(JSON.stringify(value)) as never;
      const again = parseJsonText(printJson(plain, { indent, limit }));
      expect(again.ok && JSON.parse(printJson(again.value))).toEqual(plain);
    }),
  );
});

test('print agrees with JSON.stringify on values JavaScript keeps', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
      const plain = JSON.parse(JSON.stringify(value)) as never;
      expect(printJson(plain, { indent, limit })).toBe(JSON.stringify(plain, null, indent));
    }),
  );
});

test('print of parse gives the text back, digits included', () => {
  const number = fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.option(fc.stringMatching(/^\d{1,12}$/)))
    .map(
      ([isNegative, whole, fraction]) => `${isNegative ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}`,
    );
  fc.assert(
    fc.property(fc.array(number, { maxLength: 8 }), (numbers) => {
      const text = `{"n":[${numbers.join(',')}]}`;
      const parsed = parseJsonText(text);
      expect(parsed.ok && printJson(parsed.value)).toBe(text);
    }),
  );
});

test('any text at all is either read or refused, and agrees with JSON.parse', () => {
  const nearJson = fc
    .array(
      fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1.50', '-', 'true', 'null', '\\', '"', '\u0000', ' '),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string(), nearJson), (text) => {
      let isJson = true;
      try {
        JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
      } catch {
        isJson = false;
      }
      expect(parseJsonText(text.toWellFormed()).ok).toBe(isJson);
    }),
    { numRuns: 2_000 },
  );
});

test('a read value holds nothing Postgres text refuses', () => {
  const escape = fc.integer({ min: 0, max: 0xffff }).map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`);
  const unsafe = fc.constantFrom('\\u0000', '\\ud800', '\\udfff', '\\ud83d\\ude00', 'x');
  fc.assert(
    fc.property(fc.array(fc.oneof(escape, unsafe), { maxLength: 10 }), (parts) => {
      const parsed = parseJsonText(`{"k${parts.join('')}":"${parts.join('')}"}`);
      expect(parsed.ok).toBe(true);
      const texts = parsed.ok ? Object.entries(parsed.value as Record<string, string>).flat() : [];
      for (const text of texts) expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
