import { describe, expect, test } from 'vitest';
import type { Json } from '../../../workflows/contracts/json.ts';
import { aBody, aPlan, anAlert } from './a-plan.ts';

const BODY = aBody(
  `{"host":"srv1","ip":" 10.0.0.1 ","blank":"  ","nil":null,"yes":true,"no":false,"zero":0,"n":1.50,"big":12345678901234567890,"obj":{"a":1,"key":"k"},"list":["x","y"],"a b":"spaced","apiKey":"s3cret"}`,
);

function boardFor(mapping: string, body: Json = BODY): string | null {
  return anAlert(body, { ticketing: { board: 'Default', mapping: { board: mapping } } }).ticket.board;
}

describe('one path', () => {
  test.each([
    ['$.host', 'srv1'],
    ['host', 'srv1'],
    ['$.ip', '10.0.0.1'],
    ['$.yes', 'true'],
    ['$.no', 'false'],
    ['$.zero', '0'],
    ['$.n', '1.50'],
    ['$.big', '12345678901234567890'],
    ['$.list[-1]', 'y'],
    ["$['a b']", 'spaced'],
    ['$.list', '["x","y"]'],
    ['$.nope|$.host', 'srv1'],
  ])('%s gives %s', (mapping, expected) => expect(boardFor(mapping)).toBe(expected));

  test.each(['$.nope', '$.nil', '$.blank', 'NOC'])('%s finds nothing and never overrides', (mapping) =>
    expect(boardFor(mapping)).toBe('Default'),
  );
});

describe('words', () => {
  test.each([
    ['Host $.host up', 'Host srv1 up'],
    ['$.host $.ip', 'srv1 10.0.0.1'],
    ['$.host - $.nope - $.ip', 'srv1 - - 10.0.0.1'],
    ['Host\n$.host', 'Host srv1'],
    ['at   $.host,  ($.ip)', 'at srv1, (10.0.0.1)'],
    ['$.nope: $.host', 'srv1'],
    ['$.host:$.n', 'srv1:1.50'],
    ['host=$.host', 'host=srv1'],
    ["the $['a b'] one", 'the spaced one'],
    ['x $.list[?(@ == "y")] z', 'x y z'],
  ])('%s gives %s', (mapping, expected) => expect(boardFor(mapping)).toBe(expected));

  test.each(['only words here', 'a $.nope', '$.nil $.blank'])('%s finds nothing and never overrides', (mapping) =>
    expect(boardFor(mapping)).toBe('Default'),
  );
});

describe('text with braces', () => {
  test.each([
    ['Trigger {$.host} on {$.ip}', 'Trigger srv1 on 10.0.0.1'],
    ['{$.host}', 'srv1'],
    ['{ $.host }', 'srv1'],
    ['<{$.nope}|{$.host}>', '<|srv1>'],
    ['a  {$.host}\n b', 'a  srv1\n b'],
    ['{$.host} and $.ip', 'srv1 and 10.0.0.1'],
    ["{$['a b']}", 'spaced'],
    ['{{ msg }} {$.host}', '{{ msg }} srv1'],
  ])('%s gives %j', (mapping, expected) => expect(boardFor(mapping)).toBe(expected));

  test('with no path that finds anything it is not used', () =>
    expect(boardFor('x {$.nope} {$.blank}')).toBe('Default'));
});

test('all eleven fields are mapped', () => {
  const fields = [
    'summary',
    'description',
    'customer_id',
    'ticket_type',
    'subtype',
    'item',
    'priority',
    'board',
    'status',
    'severity',
    'impact',
  ] as const;
  const body = Object.fromEntries(fields.map((field) => [field, `v ${field}`]));
  const alert = anAlert(body, {
    ticketing: { mapping: Object.fromEntries(fields.map((field) => [field, `$.${field}`])) },
  });
  expect(alert.ticket).toEqual({
    summary: 'Alert: v summary',
    description: 'v description',
    companyId: 'v customer_id',
    board: 'v board',
    status: 'v status',
    closeStatus: null,
    type: 'v ticket_type',
    subtype: 'v subtype',
    item: 'v item',
    priority: 'v priority',
    severity: 'v severity',
    impact: 'v impact',
  });
  expect(alert.mapped.board).toEqual({ value: 'v board', paths: ['$.board'] });
});

test("the endpoint's fields stand where nothing is mapped; blank ones are null", () => {
  const alert = anAlert(
    { a: 1 },
    {
      ticketing: {
        board: 'B',
        status: 'S',
        closeStatus: 'Done',
        type: 'T',
        subtype: ' ',
        item: '',
        priority: 'P1',
        severity: 'High',
        impact: 'Low',
      },
    },
  );
  expect(alert.ticket).toMatchObject({
    board: 'B',
    status: 'S',
    closeStatus: 'Done',
    type: 'T',
    subtype: null,
    item: null,
    priority: 'P1',
    severity: 'High',
    impact: 'Low',
  });
});

test('a secret is masked in wording and left out of fields that choose, with a warning', () => {
  const plan = aPlan(BODY, {
    ticketing: { board: 'Default', mapping: { summary: '$.apiKey', board: '$.apiKey', customer_id: '$.obj' } },
  });
  expect(plan.alerts[0]?.ticket).toMatchObject({ summary: 'Alert: ********', board: 'Default', companyId: null });
  expect(plan.warnings).toEqual(
    expect.arrayContaining([expect.stringContaining('mapping.board'), expect.stringContaining('mapping.customer_id')]),
  );
  expect(JSON.stringify(plan)).not.toContain('s3cret');
});

test('a severity the ticket system may not know is warned of and never stops the plan', () => {
  const plan = aPlan({ s: 'disaster' }, { ticketing: { mapping: { severity: '$.s' }, impact: 'medium' } });
  expect(plan.alerts[0]?.ticket.severity).toBe('disaster');
  expect(plan.warnings).toEqual([
    'severity “disaster” is not Low, Medium or High; a ticket system that knows only these leaves it out.',
  ]);
});

test('a mapping that names no path is doubted, not refused', () => {
  expect(aPlan({}, { ticketing: { mapping: { board: 'Network Operations' } } }).warnings).toEqual([
    'ticketing.mapping.board: names no path, so it is never used',
  ]);
});
