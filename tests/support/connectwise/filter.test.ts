import { describe, expect, it } from 'vitest';
import { ApiFault } from './errors.ts';
import { parseConditions } from './filter-grammar.ts';
import type { QuoteEscaping } from './filter-lexer.ts';
import { compileCondition, likePattern } from './filter-match.ts';
import { ticketSchema } from './schemas.ts';

const row = {
  id: 7,
  summary: 'Disk full on [SRV-1] "C"',
  severity: 'High',
  closedFlag: false,
  externalXRef: 'hw:AbC',
  board: { id: 27, name: 'Service Board' },
  company: { id: 280, identifier: 'ACME', name: "Wayne's" },
  _info: { lastUpdated: '2026-01-02T03:04:05Z' },
};

const matches = (conditions: string, escaping: QuoteEscaping = 'none') =>
  compileCondition(parseConditions(conditions, escaping), ticketSchema)(row);

const refusal = (conditions: string): unknown => {
  try {
    matches(conditions);
  } catch (error) {
    return error instanceof ApiFault && error.status === 400 ? error.body : error;
  }
  return 'accepted';
};

describe('the condition language', () => {
  it.each([
    'id = 7',
    'id != 8 and id > -1 and id >= 7 and id < 7.5 and id <= 7',
    'externalXRef = "hw:abc"',
    "Summary Contains 'disk FULL'",
    'summary not contains "printer"',
    'summary like "Disk%"',
    'summary like "disk*"',
    'summary not like "%printer%"',
    'board/id in (3, 27)',
    'board/id not in (3, 4)',
    'company/identifier = "ACME" AND ClosedFlag = False',
    'lastUpdated > [2026-01-02T03:04:04Z] and lastUpdated < [2026-01-03]',
    'poNumber = null and company/name != null',
    'severity = "High"',
    'summary contains "[any of These-1]"',
    'id = 1 or (id = 7 and closedFlag = false)',
    'id = 7 or id = 7 and id = 1',
    'mergedParentTicket = null',
    'company/name = "Wayne\'s"',
    `summary like 'Disk full on [[]SRV-1] "C"'`,
  ])('is true of the record: %s', (conditions) => expect(matches(conditions)).toBe(true));

  it.each([
    'id = 8',
    'id in (1,2)',
    'poNumber = "x"',
    'poNumber != "x"',
    'summary contains "[#xyz]"',
    '(id = 7 or id = 7) and id = 1',
    'mergedParentTicket != null',
  ])('is false of the record: %s', (conditions) => expect(matches(conditions)).toBe(false));

  it.each([
    'nope = 1',
    'board/nope = 1',
    'customFields = "x"',
    'initialDescription = "x"',
    'board = 27',
    '_info/lastUpdated > [2026-01-01]',
  ])('does not recognize the name in %s', (conditions) =>
    expect(refusal(conditions)).toMatchObject({
      code: 'ApiFindCondition',
      message: `${conditions.split(' ')[0]} is not a recognized name.`,
    }),
  );

  it.each([
    "company/name = 'Wayne''s'",
    'company/name = "Hooli ""West"""',
    'company/name = "Hooli \\"West\\""',
    'summary = Disk',
    'summary = "open',
    'id = "7"',
    'summary = 7',
    'closedFlag = "false"',
    'closedFlag = 0',
    'lastUpdated > "2026-01-01T00:00:00Z"',
    'lastUpdated > [2026-01-02T03:04:05.123Z]',
    'lastUpdated > [today]',
    'not (id = 7)',
    'id = 7 and',
    '(id = 7',
    'id = 7)',
    'id 7',
    'id == 7',
    'id in 7',
    'id in ()',
    'id > null',
    'and = 7',
    '',
  ])('refuses %s with ApiFindCondition', (conditions) =>
    expect(refusal(conditions)).toMatchObject({ code: 'ApiFindCondition' }),
  );

  it.each(['severity like "H%"', 'severity = "Urgent"'])('refuses %s as an enum', (conditions) =>
    expect(refusal(conditions)).toMatchObject({ message: 'Enum value supplied was invalid' }),
  );

  it('takes doubled or backslashed quotes only in the mode that says so', () => {
    expect(matches("company/name = 'Wayne''s'", 'doubled')).toBe(true);
    expect(matches("company/name = 'Wayne\\'s'", 'backslash')).toBe(true);
    expect(() => matches("company/name = 'Wayne\\'s'", 'doubled')).toThrow(ApiFault);
  });

  it('treats brackets in a pattern as a set of characters', () => {
    expect(likePattern('[ab]_%').test('bxyz')).toBe(true);
    expect(likePattern('[[]tag]').test('[tag]')).toBe(true);
    expect(likePattern('[tag]').test('[tag]')).toBe(false);
    expect(likePattern('a.c').test('abc')).toBe(false);
  });
});
