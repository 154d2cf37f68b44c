import { describe, expect, test } from 'vitest';
import { compileMapping, compileTemplate } from '../../infra/text-template.ts';

describe('mappings', () => {
  test.each([
    ['NOC', 'path'],
    ['$.a', 'path'],
    ["$['a b']", 'path'],
    ["$.a[?(@.k == 'v')].n", 'path'],
    ['$', 'path'],
    ['$.a|$.b', 'path'],
    ['$.a - $.b', 'words'],
    ['Host $.a', 'words'],
    ['{$.a}', 'text'],
    ['x {$.a} y', 'text'],
    ['two words', 'words'],
  ])('%s is read as %s', (mapping, form) =>
    expect(compileMapping(mapping)).toMatchObject({ text: { form }, faults: [] }),
  );

  test.each(['$.a[', '$..', '$.a(', 'Host {$.a', '{$.a b}', 'Host $.a[?(@.x=~/y/)] up', '{$[x]}', 'a{b}'])(
    '%s is refused',
    (mapping) => {
      expect(compileMapping(mapping).faults).not.toEqual([]);
    },
  );

  test.each([
    ['$.host-$.port', /“\$\.host-” names a field that ends in a dash.*\{\$\.host\}-\{…\}/],
    ['$.a | $.b', /first of them.*write \$\.a\|\$\.b/],
    ['$.a |$.b', /write \$\.a\|\$\.b/],
  ])('%s can be read and is doubted', (mapping, words) => {
    const { faults, doubts } = compileMapping(mapping);
    expect(faults).toEqual([]);
    expect(doubts).toEqual([expect.stringMatching(words)]);
  });

  test.each(['$.a|$.b', '$.host - $.port', '{$.host}-{$.port}', '$.my-host $.port', 'a | b $.c', '$.a-'])(
    '%s is not doubted',
    (mapping) => expect(compileMapping(mapping).doubts).toEqual([]),
  );

  test('money and lone dollars in words are literal', () => {
    expect(compileMapping('costs $5 or US$.50 or $ per $.unit').text).toEqual({
      form: 'words',
      words: [
        ...['costs', '$5', 'or', 'US$.50', 'or', '$', 'per'].map((text) => [{ kind: 'literal', text }]),
        [{ kind: 'path', path: expect.objectContaining({ text: '$.unit' }) }],
      ],
    });
  });
});

describe('templates', () => {
  test('variables and paths are found, all else is literal', () => {
    const { text, faults } = compileTemplate('{{ monitor_name }}: {{msg}} {$.a.b} {x} {{ other }} $.bare');
    expect(faults).toEqual([]);
    expect(
      text.map((part) =>
        part.kind === 'literal' ? part.text : part.kind === 'variable' ? `<${part.name}>` : `<${part.path.text}>`,
      ),
    ).toEqual(['<monitor_name>', ': ', '<msg>', ' ', '<$.a.b>', ' {x} {{ other }} $.bare']);
  });

  test('a quoted name may hold braces', () => {
    const { text, faults } = compileTemplate("{$['a}b']}");
    expect(faults).toEqual([]);
    expect(text).toHaveLength(1);
  });

  test('what follows $ in braces and is no path is refused with its place', () => {
    expect(compileTemplate('a {$.x y} b').faults[0]).toContain('“}”');
    expect(compileTemplate('a {$.x[?(@.y.z())]} b').faults[0]).toContain('calls are not allowed');
  });
});
