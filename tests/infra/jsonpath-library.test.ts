import fc from 'fast-check';
import { JSONPath } from 'jsonpath-plus';
import { describe, expect, test } from 'vitest';
import { compilePath } from '../../infra/jsonpath.ts';
import type { Json } from '../../workflows/contracts/json.ts';
import { textOf } from '../../workflows/domain/json-text.ts';
import { leastCpuMs } from '../support/cpu-time.ts';
import { aBody } from '../workflows/domain/a-plan.ts';

function all(text: string, body: Json): { value: Json; names: readonly string[] }[] {
  const result = compilePath(text);
  if (!result.ok) throw new Error(result.message);
  return result.path.all({ item: body, body }, { left: 1_000_000 }, 10_000);
}

function values(text: string, body: Json): Json[] {
  return all(text, body).map(({ value }) => value);
}

const PLAIN = aBody(`{
  "name": "top", "list": [10, 20, [30, {"name": "in list"}], 40],
  "a": {"name": "inner", "b": {"name": "deep", "none": null}, "rows": [{"k": "v", "n": 1}, {"k": "w"}, {}]}
}`);

test.each([
  '$.name',
  '$.a.b.name',
  "$['a']['b']",
  "$.a['name','b']",
  '$.list[0]',
  '$.list[-1:]',
  '$.list[0,2]',
  '$.list[1:3]',
  '$.list[::2]',
  '$.list[::-1]',
  '$.list[3:0:-2]',
  '$.a.rows[*].k',
  '$.a.*',
  '$.*.*',
  '$..name',
  '$..*',
  '$.a..*',
  '$..[0]',
  '$..rows[*].n',
  '$..b..name',
  '$.missing.name',
])('%s finds what jsonpath-plus finds, in its order', (path) => {
  expect(values(path, PLAIN)).toEqual(JSONPath({ path, json: PLAIN, eval: false, wrap: true }));
});

describe('what the library would do otherwise', () => {
  const numbers = aBody('{"price": 1.50, "list": [1e3, {"n": 2.0}], "digits": "own"}');

  test.each([
    ['$..*', ['1.50', '[1e3,{"n":2.0}]', 'own', '1e3', '{"n":2.0}', '2.0']],
    ['$..digits', ['own']],
    ['$.price.*', []],
    ['$.list[0].digits', []],
    ["$.list[0]['digits','isJsonNumber']", []],
    ['$.list.*.*', ['2.0']],
    ['$.price..*', []],
  ])('a number with the digits of its sender has nothing in it: %s', (path, texts) =>
    expect(values(path, numbers).map((value) => textOf(value))).toEqual(texts),
  );

  test.each(['__proto__', 'constructor', 'length', 'toString', 'hasOwnProperty', 'isJsonNumber', 'toJSON', '0', 'at'])(
    '%s is found only where the sender wrote it',
    (name) => {
      const without = aBody(
        '{"text": "abc", "list": [[1], "x"], "number": 1.50, "object": {}, "on": true, "none": null}',
      );
      for (const path of [
        `$['${name}']`,
        `$.*['${name}']`,
        `$..['${name}']`,
        `$..*['${name}', 'x']`,
        `$.list[0]['${name}']`,
      ])
        expect(values(path, without), path).toEqual([]);
      const written = aBody(`{"object": {"${name}": {"${name}": "own"}}}`);
      expect(values(`$.object['${name}']['${name}']`, written)).toEqual(['own']);
      expect(all(`$..['${name}'].*`, written).map(({ names }) => names)).toEqual([['object', name, name]]);
    },
  );

  test('an index counts in lists only', () => {
    const body = aBody('{"object": {"0": "no", "0:1": "no", "-1:": "no"}, "text": "abc", "list": ["yes"]}');
    for (const path of ['$.*[0]', '$.*[-1]', '$.*[0:1]', '$.*[-1,0:0]']) expect(values(path, body)).toEqual(['yes']);
  });

  test.each([
    '*',
    '..',
    '$',
    '^',
    '~',
    '`a',
    '?(@.a)',
    '(@.length-1)',
    '@string()',
    'a,b',
    '0:1',
    'a^b',
    ";'~",
    '#0',
    '?0',
    '',
  ])('the quoted name %j means itself, at every place of a path', (name) => {
    const quoted = `'${name.replaceAll("'", "\\'")}'`;
    const other = { a: 'no', b: 'no', '`': 'no', [`\`${name}`]: 'no', [quoted]: 'no' };
    const body: Json = { ...other, [name]: { ...other, [name]: 'yes' } };
    expect(all(`$[${quoted}][${quoted}]`, body)).toEqual([{ value: 'yes', names: [name, name] }]);
    expect(values(`$.*[${quoted}]`, body)).toEqual(['yes']);
    expect(values(`$[${quoted}][${quoted}, 'missing']`, body)).toEqual(['yes']);
    expect(values(`$.*[${quoted}]`, { object: other, list: [other], text: 'no' })).toEqual([]);
  });

  test('any name in quotes is found, and no other', () => {
    const sign = fc.constantFrom(...'\'"\\[](){}.,:;*?@$^~`#%!-01ab é\n');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 8 }), fc.array(sign, { maxLength: 8 }), (first, second) => {
        const [wanted, other] = [first.join(''), second.join('')];
        const quoted = `'${wanted.replace(/['\\]/g, '\\$&')}'`;
        const body: Json = Object.fromEntries([
          [other, 'other'],
          [wanted, 'wanted'],
        ]);
        expect(values(`$[${quoted}]`, body)).toEqual(['wanted']);
        expect(values(`$..[${quoted}, 'none of these']`, [body])).toEqual(['wanted']);
        expect(values(`$[${quoted}]`, wanted === other ? {} : { [other]: 'other' })).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('unions mix names, indexes and filters, in the order written', () => {
    const body = aBody('{"rows": [{"k": 1}, {"k": 2}, {"k": 3}], "a": "A"}');
    expect(values('$.rows[-1, ?(@.k < 3), 0].k', body)).toEqual([3, 1, 2, 1]);
    expect(values("$.*['k', 1].k", body)).toEqual([2]);
    expect(values("$..['a', -1]", body)).toEqual(['A', { k: 3 }]);
  });
});

test('the first match ends the run and the budget counts every value looked at', () => {
  const wide: Json = Array.from({ length: 10_000 }, (_, index) => ({ v: index, list: [1, 2, 3] }));
  const spent = (text: string): number => {
    const result = compilePath(text);
    if (!result.ok) throw new Error(result.message);
    const budget = { left: 1_000_000 };
    result.path.first({ item: wide, body: wide }, budget);
    return 1_000_000 - budget.left;
  };
  for (const path of ['$[*].v', '$..v', '$[?(@.v == 0)]', '$[0,1].v', '$[::].v', '$[*,0].v'])
    expect(spent(path), path).toBeLessThan(20);
  expect(spent('$..missing')).toBeGreaterThanOrEqual(60_000);
});

test('a path that multiplies its steps costs no more than its budget', () => {
  const deep = aBody(`${'{"a":[1,2,3],"b":'.repeat(60)}${JSON.stringify(Array(40_000).fill(1))}${'}'.repeat(60)}`);
  const hostile = [`$${'..*'.repeat(20)}.x`, `$${'[*,*,*]'.repeat(60)}`, `$${'..[?(@.a),*]'.repeat(15)}.x`];
  for (const path of hostile) {
    const budget = { left: 200_000 };
    const compiled = compilePath(path);
    if (!compiled.ok) throw new Error(compiled.message);
    const cost = leastCpuMs(() => {
      budget.left = 200_000;
      compiled.path.all({ item: deep, body: deep }, budget, 1_000_000);
    });
    expect(budget.left, path).toBeLessThanOrEqual(0);
    expect(cost, path).toBeLessThan(400);
  }
});
