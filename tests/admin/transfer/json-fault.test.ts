import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../../admin/server/transfer/hookwise/json-fault.ts';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('where a text stops being JSON', () => {
  it('is nowhere in JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 4 }), (text, indent) => {
        expect(findJsonFault(JSON.stringify(JSON.parse(text), null, indent))).toBeNull();
      }),
    );
  });

  it('is found in whatever JSON.parse refuses, and nowhere else', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      '1.',
      'tru',
      'null',
      ' ',
      '\\',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        expect(findJsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is the end, and called cut off, wherever JSON of things and lists is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        const part = text.slice(0, cut % text.length);
        expect(findJsonFault(part)?.isCutOff).toBe(true);
      }),
    );
  });

  it('is found in a long text in which a quote is missing, without searching for long', () => {
    const text = `["${'a'.repeat(3_000_000)}`;
    expect(findJsonFault(text)?.isCutOff).toBe(true);
    expect(findJsonFault(`${text}\n"]`)).toEqual({ offset: 1, isCutOff: false });
  });

  it.each([
    ['[1,]', 3],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['{"a":1}}', 7],
    ['["a\nb"]', 1],
    ['{a:1}', 1],
    ['[NaN]', 1],
  ])('is in %j at %d', (text, offset) => {
    expect(findJsonFault(text)).toEqual({ offset, isCutOff: false });
  });
});
