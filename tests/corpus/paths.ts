import { opened, raw, type CorpusCase } from './corpus-case.ts';

const DOC = {
  host: 'web-1',
  'host name': 'Web One',
  'a.b': 'dotted',
  'my-host': 'dashed',
  _x: 'under',
  '@type': 'at',
  größe: 'XL',
  "it's": 'quoted',
  empty: '',
  blank: '   ',
  nothing: null,
  zero: 0,
  no: false,
  yes: true,
  pi: 3.14,
  padded: '  both ends  ',
  list: ['first', 'second', 'third', 'fourth'],
  nested: { name: 'inner', deep: { name: 'deepest', list: [10, 20, 30] } },
  items: [
    { name: 'a', size: 1, on: true },
    { name: 'b', size: 5, on: false },
    { name: 'c', size: 9 },
  ],
  pick: 'b',
  object: {},
  none: [],
};

type Row = readonly [path: string, value: string | null];

const SIMPLE: readonly Row[] = [
  ['$.host', 'web-1'],
  ['host', 'web-1'],
  ['  $.host  ', 'web-1'],
  ['$.nested.name', 'inner'],
  ['nested.name', 'inner'],
  ['nested.deep.name', 'deepest'],
  ["$['host']", 'web-1'],
  ['$["host"]', 'web-1'],
  ["$['nested']['name']", 'inner'],
  ["$.nested['deep'].name", 'deepest'],
  ["$['host name']", 'Web One'],
  ["$['a.b']", 'dotted'],
  ["$['größe']", 'XL'],
  ["$['it\\'s']", 'quoted'],
  ['$["it\'s"]', 'quoted'],
  ['$.my-host', 'dashed'],
  ['$._x', 'under'],
  ['$.@type', 'at'],
  ['$.missing', null],
  ['missing', null],
  ['$.host.name', null],
  ['$.nested.missing.name', null],
  ['$.list.name', null],
  ['$.zero.name', null],
];

const TEXTS: readonly Row[] = [
  ['$.yes', 'true'],
  ['$.no', 'false'],
  ['$.zero', '0'],
  ['$.pi', '3.14'],
  ['$.padded', 'both ends'],
  ['$.empty', null],
  ['$.blank', null],
  ['$.nothing', null],
  ['$.object', '{}'],
  ['$.none', '[]'],
  ['$.items[0]', '{"name":"a","size":1,"on":true}'],
  ['$.nested.deep', '{"name":"deepest","list":[10,20,30]}'],
  ['$.list', '["first","second","third","fourth"]'],
];

const LISTS: readonly Row[] = [
  ['$.list[0]', 'first'],
  ['list[0]', 'first'],
  ['$.list[3]', 'fourth'],
  ['$.list[4]', null],
  ['$.list[-1]', 'fourth'],
  ['$.list[-2]', 'third'],
  ['$.list[-4]', 'first'],
  ['$.list[-5]', null],
  ['$.host[0]', null],
  ['$.nested[0]', null],
  ['$.list[1:]', 'second'],
  ['$.list[:2]', 'first'],
  ['$.list[1:3]', 'second'],
  ['$.list[2:9]', 'third'],
  ['$.list[9:]', null],
  ['$.list[3:1]', null],
  ['$.list[-2:]', 'third'],
  ['$.list[-1:]', 'fourth'],
  ['$.list[:-3]', 'first'],
  ['$.list[:-4]', null],
  ['$.list[-3:-1]', 'second'],
  ['$.list[::2]', 'first'],
  ['$.list[1::2]', 'second'],
  ['$.list[0:4:3]', 'first'],
  ['$.list[*]', 'first'],
  ['$.none[*]', null],
  ['$.none[0]', null],
  ['$.none[-1]', null],
  ['$.items[1].name', 'b'],
  ['$.items[-1].name', 'c'],
  ['$.items[-1:].name', 'c'],
  ['$.items[1:].size', '5'],
  ['$.items[*].name', 'a'],
  ['$.nested.deep.list[-1]', '30'],
  ['$.nested.deep.list[*]', '10'],
  ['$.nested.*', 'inner'],
  ['$.object.*', null],
];

const DEEP: readonly Row[] = [
  ['$..name', 'inner'],
  ['$..size', '1'],
  ['$.nested..name', 'inner'],
  ['$..deep.name', 'deepest'],
  ['$..deep..name', 'deepest'],
  ['$..list[0]', 'first'],
  ['$..list[-1]', 'fourth'],
  ['$..missing', null],
  ['$.items..size', '1'],
  ["$..['size']", '1'],
];

const UNIONS: readonly Row[] = [
  ['$.missing|$.host', 'web-1'],
  ['$.host|$.nested.name', 'web-1'],
  ['$.missing|$.gone', null],
  ['$.missing|$.gone|$.nested.name', 'inner'],
  ['missing|host', 'web-1'],
  ["$['missing','host']", 'web-1'],
  ["$['host','pick']", 'web-1'],
  ['$.list[2,0]', 'third'],
  ['$.list[9,1]', 'second'],
  ["$.items[*]['missing','size']", '1'],
];

const FILTERS: readonly Row[] = [
  ["$.items[?(@.name=='b')].size", '5'],
  ["$.items[?(@.name == 'b')].size", '5'],
  ['$.items[?(@.name == "b")].size', '5'],
  ["$.items[?@.name=='b'].size", '5'],
  ["$.items[?('b'==@.name)].size", '5'],
  ["$.items[?(@['name']=='b')].size", '5'],
  ["$.items[?(@.name!='a')].name", 'b'],
  ["$.items[?(@.name=='B')].size", null],
  ['$.items[?(@.size>1)].name', 'b'],
  ['$.items[?(@.size>=5)].name', 'b'],
  ['$.items[?(@.size<5)].name', 'a'],
  ['$.items[?(@.size<=1)].name', 'a'],
  ['$.items[?(@.size>9)].name', null],
  ['$.items[?(@.size==5.0)].name', 'b'],
  ["$.items[?(@.size=='5')].name", null],
  ['$.items[?(@.on)].name', 'a'],
  ['$.items[?(!@.on)].name', 'c'],
  ['$.items[?(@.on==true)].name', 'a'],
  ['$.items[?(@.on==false)].name', 'b'],
  ['$.items[?(@.on==null)].name', null],
  ['$.items[?(@.size>1 && @.on==false)].name', 'b'],
  ["$.items[?(@.size>8 || @.name=='b')].name", 'b'],
  ["$.items[?((@.size>8 || @.size<2) && !(@.name=='a'))].name", 'c'],
  ['$.items[?(@.name==$.pick)].size', '5'],
  ["$.items[?(@.name>'a')].name", 'b'],
  ["$.items[?(@.size>'a')].name", null],
  ["$..[?(@.name=='c')].size", '9'],
  ['$.nested.deep.list[?(@>15)]', '20'],
  ['$.nested[?(@.list[0]==10)].name', 'deepest'],
];

/** Numbers in filters keep their digits too: whole ones are compared by all of them. */
const BIG_ITEMS =
  '{"items": [{"id": 9007199254740993, "name": "odd"}, {"id": 9007199254740992, "name": "even"}, {"id": 1.50, "name": "half"}, {"id": 12345678901234567890, "name": "long"}]}';
const BIG_FILTERS: readonly Row[] = [
  ['$.items[?(@.id == 9007199254740993)].name', 'odd'],
  ['$.items[?(@.id == 9007199254740992)].name', 'even'],
  ['$.items[?(@.id > 9007199254740992)].name', 'odd'],
  ['$.items[?(@.id < 9007199254740993 && @.id > 2)].name', 'even'],
  ['$.items[?(@.id >= 12345678901234567890)].name', 'long'],
  ['$.items[?(@.id > 12345678901234567889)].name', 'long'],
  ['$.items[?(@.id > 12345678901234567890)].name', null],
  ['$.items[?(@.id == 12345678901234567891)].name', null],
  ['$.items[?(@.id != 9007199254740993)].name', 'even'],
  ['$.items[?(@.id == 1.5)].name', 'half'],
  ['$.items[?(@.id == 1.50)].name', 'half'],
  ['$.items[?(@.id <= 15e-1)].name', 'half'],
];

const caseOf = ([path, value]: Row): CorpusCase =>
  opened(`mapping.board ${path} gives ${value ?? 'nothing'}`, { mapping: { board: path } }, DOC, {
    ticket: { board: value },
    mapped: value === null ? {} : { board: value },
  });

/** JSON numbers keep the sender's digits, alone and inside objects and lists. */
const DIGITS: readonly (readonly [json: string, value: string])[] = [
  ['12345678901234567890', '12345678901234567890'],
  ['9007199254740993', '9007199254740993'],
  ['-9223372036854775808', '-9223372036854775808'],
  ['1.50', '1.50'],
  ['1.0', '1.0'],
  ['1e3', '1e3'],
  ['1E+2', '1E+2'],
  ['-0', '-0'],
  ['0.1', '0.1'],
  ['42', '42'],
  ['[1.50,2]', '[1.50,2]'],
  ['{"a":1e3,"b":12345678901234567890}', '{"a":1e3,"b":12345678901234567890}'],
  ['"12345678901234567890"', '12345678901234567890'],
];

/** Every way a path may find or miss its value, and what that value is as text. */
export const PATHS: readonly CorpusCase[] = [
  ...[SIMPLE, TEXTS, LISTS, DEEP, UNIONS, FILTERS].flat().map(caseOf),
  ...DIGITS.map(([json, value]) =>
    opened(`the number ${json} keeps its digits`, { mapping: { board: '$.value' } }, raw(`{"value": ${json}}`), {
      ticket: { board: value },
    }),
  ),
  ...BIG_FILTERS.map(([path, value]) =>
    opened(`mapping.board ${path} gives ${value ?? 'nothing'}`, { mapping: { board: path } }, raw(BIG_ITEMS), {
      ticket: { board: value },
    }),
  ),
  opened('the whole document is a value too', { mapping: { board: '$' } }, raw('{ "a": [1.50, true, null] }'), {
    ticket: { board: '{"a":[1.50,true,null]}' },
  }),
  opened(
    'a body that is a list is reached by index',
    { mapping: { board: '$[1].name' } },
    [{ name: 'x' }, { name: 'y' }],
    {
      ticket: { board: 'y' },
    },
  ),
  opened(
    'a top-level hit of .. comes before nested ones',
    { mapping: { board: '$..name' } },
    { a: { name: 'in' }, name: 'top' },
    {
      ticket: { board: 'top' },
    },
  ),
];
