import { describe, expect, test } from 'vitest';
import { isEmptyPayload, parseJson, parseJsonText } from '../../infra/json.ts';
import type { Json } from '../../workflows/contracts/json.ts';
import { leastCpuMs } from '../support/cpu-time.ts';
import { printJson } from '../../workflows/domain/json-text.ts';
import { isSenderNumber } from '../../workflows/domain/sender-number.ts';

function parsed(text: string | Uint8Array): Json {
  const result = typeof text === 'string' ? parseJsonText(text) : parseJson(text);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

function refusal(text: string | Uint8Array): { reason: string; message: string } {
  const result = typeof text === 'string' ? parseJsonText(text) : parseJson(text);
  if (result.ok) throw new Error('was not refused');
  return { reason: result.reason, message: result.message };
}

describe('digits', () => {
  test.each([
    '12345678901234567890',
    '1.50',
    '1e3',
    '1.0',
    '-0',
    '0.10',
    '1E5',
    '9007199254740993',
    '123456789.123456789123',
    '1e999',
    '-12345678901234567890',
  ])('%s is printed as it was sent', (digits) => {
    expect(printJson(parsed(`{"a":[${digits},"x"]}`))).toBe(`{"a":[${digits},"x"]}`);
    expect(printJson(parsed(digits))).toBe(digits);
  });

  test.each(['0', '7', '-7', '1.5', '-2.25', '123456789012345', '1e+21', '9007199254740991'])(
    '%s stays a plain number',
    (digits) => {
      expect(parsed(digits)).toBe(Number(digits));
    },
  );

  test('digits inside texts change nothing', () => {
    expect(parsed('{"a":"1.50 12345678901234567890"}')).toEqual({ a: '1.50 12345678901234567890' });
  });

  test('an object shaped like a kept number is an object', () => {
    const value = parsed('{"digits":"0]}; drop","isJsonNumber":true}');
    expect(isSenderNumber(value)).toBe(false);
    expect(JSON.parse(printJson(value))).toEqual({ digits: '0]}; drop', isJsonNumber: true });
  });
});

describe('limits', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  const list = (count: number): string => `[${Array(count).fill('1').join(',')}]`;

  test('64 levels pass, 65 do not', () => {
    expect(parsed(nested(64))).toBeInstanceOf(Array);
    expect(refusal(nested(65))).toEqual({ reason: 'depth', message: 'JSON is nested deeper than 64 levels' });
  });

  test('50,000 values pass, 50,001 do not; the list itself is one', () => {
    expect(parsed(list(49_999))).toHaveLength(49_999);
    expect(refusal(list(50_000))).toEqual({ reason: 'values', message: 'JSON holds more than 50000 values' });
  });

  test('empty lists and objects count once', () => {
    expect(parsed(`[${Array(49_999).fill('[]').join(',')}]`)).toHaveLength(49_999);
    expect(parsed(`[${Array(49_999).fill('{ }').join(',')}]`)).toHaveLength(49_999);
  });

  test('commas and brackets inside texts count for nothing', () => {
    expect(parsed(JSON.stringify({ a: ',[{'.repeat(60_000), b: '\\",[[[' }))).toHaveProperty('b');
  });

  test('a body nested 100,000 deep and one with a million keys are refused without parsing', () => {
    const deep = '['.repeat(1_000_000);
    const wide = `{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join(',')}}`;
    const cost = leastCpuMs(() => {
      expect(refusal(deep).reason).toBe('depth');
      expect(refusal(wide).reason).toBe('values');
    });
    expect(cost).toBeLessThan(100);
  });
});

describe('bytes', () => {
  test('a byte order mark is passed over', () => {
    expect(parsed(Buffer.from('\ufeff{"a":1}'))).toEqual({ a: 1 });
  });

  test('bytes that are no UTF-8 are refused', () => {
    expect(refusal(Buffer.from([0x22, 0xff, 0x22])).reason).toBe('encoding');
  });

  test.each(['', ' ', '{', '{"a":}', '[1,]', "{'a':1}", 'NaN', '{"a":1}x', '"\u0001"', '01', '"\u0000"'])(
    '%j is refused',
    (text) => {
      expect(refusal(text).reason).toBe('syntax');
    },
  );

  test('a refusal says where, and never repeats the body', () => {
    expect(refusal('{"password":"hunter2",,}').message).toBe('Body is not valid JSON (at character 23)');
    expect(refusal('{"password":"hunter2').message).not.toContain('hunter2');
  });

  test('a view into a larger buffer is read alone', () => {
    const pool = Buffer.from('xx{"a":1}yy');
    expect(parsed(new Uint8Array(pool.buffer, pool.byteOffset + 2, 7))).toEqual({ a: 1 });
  });
});

describe('texts Postgres cannot hold', () => {
  test('NUL and half surrogate pairs become U+FFFD, in names too', () => {
    expect(parsed('{"a\\u0000b":"x\\u0000y","c":"\\ud800z","d":["\\udc00"]}')).toEqual({
      'a\ufffdb': 'x\ufffdy',
      c: '\ufffdz',
      d: ['\ufffd'],
    });
  });

  test('whole pairs stay', () => {
    expect(parsed('"\\ud83d\\ude00 \\uD83D\\uDE00 \\u00e9"')).toBe('😀 😀 é');
  });

  test('an escaped backslash before u0000 is no NUL', () => {
    expect(parsed('"\\\\u0000"')).toBe('\\u0000');
  });

  test('a half pair beside a kept number is mended without losing the digits', () => {
    expect(printJson(parsed('["\\ud800",1.50]'))).toBe('["\ufffd",1.50]');
  });
});

test('`__proto__` is a name like any other', () => {
  const value = parsed('{"__proto__":{"polluted":1.50},"a":"\\u0000"}');
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(printJson(value)).toBe('{"__proto__":{"polluted":1.50},"a":"\ufffd"}');
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test.each([
  ['{}', true],
  ['[]', true],
  ['null', true],
  ['0', true],
  ['0.0', true],
  ['-0', true],
  ['false', true],
  ['""', true],
  ['{"a":null}', false],
  ['[0]', false],
  ['1', false],
  ['true', false],
  ['" "', false],
])('whether %s says nothing: %s', (text, isEmpty) => expect(isEmptyPayload(parsed(text))).toBe(isEmpty));
