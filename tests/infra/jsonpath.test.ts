import { describe, expect, test } from 'vitest';
import { compilePath } from '../../infra/jsonpath.ts';
import type { Json } from '../../workflows/contracts/json.ts';
import { textOf } from '../../workflows/domain/json-text.ts';
import { aBody } from '../workflows/domain/a-plan.ts';

const BODY = aBody(`{
  "name": "top", "empty": "", "nothing": null, "a.b": "dotted", "a b": "blank", "my-key": "dash", "_x": "under", "@type": "at", "größe": "size", "1a": "digit",
  "big": 12345678901234567890, "price": 1.50, "list": [10, 20, 30, 40], "it's": "quote",
  "a": { "name": "inner", "b": { "name": "deep" }, "list": [{ "k": "v", "n": 1 }, { "k": "w", "n": 2, "on": true }, { "n": "2" }, 5] },
  "alerts": [{ "status": "firing", "labels": { "name": "one" } }, { "status": "resolved", "labels": { "name": "two" } }],
  "__proto__": "own"
}`);

function compiled(text: string) {
  const result = compilePath(text);
  if (!result.ok) throw new Error(result.message);
  return result.path;
}

function all(text: string, body: Json = BODY): string[] {
  return compiled(text)
    .all({ item: body, body }, { left: 100_000 }, 1_000)
    .map((match) => textOf(match.value));
}

describe('first match', () => {
  test.each([
    ['name', 'top'],
    ['$.name', 'top'],
    ['$.a.b.name', 'deep'],
    ['a.b.name', 'deep'],
    ["$['a.b']", 'dotted'],
    ['$["a b"]', 'blank'],
    ["$.a['b']['name']", 'deep'],
    ['$.my-key', 'dash'],
    ['$._x', 'under'],
    ['$.@type', 'at'],
    ['$.größe', 'size'],
    ['$.1a', 'digit'],
    ["$['it\\'s']", 'quote'],
    ["$['\\u005fx']", 'under'],
    ['$.list[0]', '10'],
    ['list[1]', '20'],
    ['$.list[-1]', '40'],
    ['$.list[-4]', '10'],
    ['$.list[1:]', '20'],
    ['$.list[-2:]', '30'],
    ['$.list[*]', '10'],
    ['$.list[::2]', '10'],
    ['$..name', 'top'],
    ['$.a..name', 'inner'],
    ['$.alerts[*].labels.name', 'one'],
    ['$..labels.name', 'one'],
    ['$..[1].status', 'resolved'],
    ['$.missing|$.name', 'top'],
    ['$.a.missing | name', 'top'],
    ["$['missing','name']", 'top'],
    ['$.list[9,2]', '30'],
    ['$.big', '12345678901234567890'],
    ['$.price', '1.50'],
    ['$.a.b', '{"name":"deep"}'],
    ['$.nothing', 'null'],
    ['$.__proto__', 'own'],
    [' $.name ', 'top'],
  ])('%s gives %s', (path, text) => {
    const match = compiled(path).first({ item: BODY, body: BODY }, { left: 100_000 });
    expect(match === null ? null : textOf(match.value)).toBe(text);
  });

  test.each([
    '$.missing',
    '$.name.x',
    '$.list[4]',
    '$.list[-5]',
    '$.list.name',
    '$.name[0]',
    '$.a[0]',
    '$.constructor',
    '$.list.length',
    '$.a.toString',
    '$.list[2:1]',
    '$.name..x',
    '$.price.digits',
  ])('%s finds nothing', (path) =>
    expect(compiled(path).first({ item: BODY, body: BODY }, { left: 100_000 })).toBeNull(),
  );

  test('$ is the whole document', () => {
    expect(compiled('$').first({ item: BODY, body: BODY }, { left: 10 })?.value).toBe(BODY);
  });

  test('the names that lead to a value are told, lists left out', () => {
    expect(compiled('$.alerts[1].labels.name').first({ item: BODY, body: BODY }, { left: 100 })?.names).toEqual([
      'alerts',
      'labels',
      'name',
    ]);
  });

  test('$root starts at the body, $ at the item', () => {
    const roots = { item: { x: 'item' }, body: { x: 'body', root: 'member' } };
    expect(compiled('$root.x').first(roots, { left: 10 })?.value).toBe('body');
    expect(compiled('$.x').first(roots, { left: 10 })?.value).toBe('item');
    expect(compiled('x').first(roots, { left: 10 })?.value).toBe('item');
    expect(compiled('$root').first(roots, { left: 10 })?.value).toBe(roots.body);
    expect([compiled('$root.x').start, compiled('$.x').start, compiled('$root.x|$.x').start]).toEqual([
      'body',
      'item',
      'item',
    ]);
  });
});

describe('all matches', () => {
  test.each([
    ['$..name', ['top', 'inner', 'deep', 'one', 'two']],
    ['$.list[*]', ['10', '20', '30', '40']],
    ['$.list[1:3]', ['20', '30']],
    ['$.list[::-1]', ['40', '30', '20', '10']],
    ['$.list[-3:-1]', ['20', '30']],
    ['$.list[0,-1]', ['10', '40']],
    ['$.list[3:0:-2]', ['40', '20']],
    ['$.alerts.*.status', ['firing', 'resolved']],
    ['$.a.b.*', ['deep']],
  ])('%s', (path, texts) => expect(all(path)).toEqual(texts));
});

describe('filters', () => {
  test.each([
    ["$.a.list[?(@.k=='v')].n", ['1']],
    ["$.a.list[?(@.k == 'v')].n", ['1']],
    ['$.a.list[?@.k=="w"].n', ['2']],
    ['$.a.list[?(@.n==2)].k', ['w']],
    ['$.a.list[?(@.n === 2)].k', ['w']],
    ["$.a.list[?(@.n=='2')].n", ['2']],
    ['$.a.list[?(@.n>1)].k', ['w']],
    ['$.a.list[?(@.n>=1 && @.n<2)].k', ['v']],
    ["$.a.list[?(@.k=='v' || @.on==true)].n", ['1', '2']],
    ['$.a.list[?(@.on)].n', ['2']],
    ['$.a.list[?(!@.k)].n', ['2']],
    ["$.a.list[?(!(@.k=='v') && @.k)].n", ['2']],
    ['$.list[?(@>20)]', ['30', '40']],
    ['$.list[?(@!=20)]', ['10', '30', '40']],
    ["$.alerts[?(@.labels.name=='two')].status", ['resolved']],
    ['$.alerts[?(@.labels["name"]=="two")].status', ['resolved']],
    ['$.list[?(@ == $.list[1])]', ['20']],
    ["$..[?(@.name=='deep')].name", ['deep']],
    ['$.list[?(@ <= 1e1)]', ['10']],
    ['$.list[?(@ == -1)]', []],
    ["$.a.list[?(@.k < 'w')].k", ['v']],
    ['$.a.list[?(@.k > 5)].k', []],
  ])('%s', (path, texts) => expect(all(path)).toEqual(texts));

  test('big integers are compared by all their digits', () => {
    const body = aBody('[{"id":12345678901234567890,"x":1},{"id":12345678901234567891,"x":2},12345678901234567891]');
    expect(all('$[?(@.id == $[2])].x', body)).toEqual(['2']);
  });

  test.each([
    ['$.a[?(@.k.match(/x/))]', 'calls'],
    ['$.a[?(@.k=~/x/)]', 'comparison'],
    ['$.a[?(/x/ == @.k)]', 'regular expressions'],
    ['$.a[?(@.k=="a"; process.exit())]', ')'],
    ['$.a[?(alert(1))]', 'compares'],
    ['$.a[?(@..k==1)]', 'names and indexes'],
    ['$.a[?(@.*==1)]', 'names and indexes'],
    ['$.a[?(@[*]==1)]', 'names and indexes'],
    ["$.a[?('x')]", '=='],
    ['$.a[?()]', 'compares'],
    ['$.a[?(@.k==1]', ')'],
    ['$.a[?(@.constructor.constructor("x")())]', 'calls'],
    ['$.a[?(@path=="x")]', 'names'],
  ])('%s is refused', (path, word) => {
    const result = compilePath(path);
    expect(result.ok ? 'accepted' : result.message).toContain(word);
  });
});

test.each([
  '',
  '  ',
  '$.',
  '$..',
  '$[',
  '$[]',
  '$[abc]',
  '$.a[(@.length-1)]',
  '$.a^',
  '$.a~',
  '$.a`x`',
  '$.a[?',
  '$.a b',
  '$a',
  '$$',
  '$.a[1:2:0]',
  "$['a",
  '$.a|',
  '|$.a',
  '$.a.[0]',
  '$.a()',
  '$.a[0',
  '$.a[1 2]',
  'a{b}',
  '$.a,',
  '$.a[99999999999]',
  '..',
  `$${'.a'.repeat(65)}`,
  `$.${'a'.repeat(1_000)}`,
])('%j is no path', (path) => {
  const result = compilePath(path);
  expect(result.ok).toBe(false);
  expect(!result.ok && result.message).toMatch(/at character \d+/);
});

test('a walk ends with its budget, also in filters and wide objects', () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, { v: index }]));
  for (const path of ['$..missing', '$.*.missing', '$[?(@.v == -1)]', '$..*..*..*..x', '$..[*,*,*].x']) {
    const budget = { left: 500 };
    expect(compiled(path).first({ item: wide, body: wide }, budget)).toBeNull();
    expect(budget.left).toBeLessThanOrEqual(0);
  }
});
