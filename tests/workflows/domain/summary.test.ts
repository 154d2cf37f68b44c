import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../workflows/contracts/json.ts';
import type { TicketingConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { cutSummary, wholeSummary } from '../../../workflows/domain/summary.ts';
import { aBody, anAlert } from './a-plan.ts';

function summaryOf(body: Json, ticketing: Partial<TicketingConfig> = {}, ticketPrefix = 'Alert:'): string {
  return anAlert(body, { ticketing, input: { environment: { ticketPrefix, defaultCompanyId: null } } }).ticket.summary;
}

describe('name', () => {
  test.each<[Json, string]>([
    [{ monitor: { name: 'M' }, title: 'T', name: 'N' }, 'M'],
    [{ monitor: 'text', title: 'T' }, 'text'],
    [{ monitor: { name: '' }, title: 'T' }, 'T'],
    [{ monitor: { name: null }, name: 'N' }, 'N'],
    [{ title: null, name: 'N' }, 'N'],
    [{ title: '  ', name: 'N' }, 'N'],
    [{ title: '', name: '' }, 'Unknown Source'],
    [{}, 'Unknown Source'],
    [{ title: 5 }, '5'],
    [{ title: false, name: 'N' }, 'false'],
    [[1, 2], 'Unknown Source'],
    [{ monitor: ['x'] }, 'Unknown Source'],
    [{ monitor: { name: { key: 's3cret', a: 1 } } }, '{"key":"********","a":1}'],
  ])('of %j is %s', (body, name) => expect(anAlert(body).name).toBe(name));
});

describe('message', () => {
  test.each<[Json, string]>([
    [{ msg: 'm', message: 'x' }, 'm'],
    [{ msg: null, message: 'x' }, 'x'],
    [{ msg: ' ', message: 'x' }, 'x'],
    [{}, 'No message'],
    [{ msg: { token: 't', a: [1] } }, '{"token":"********","a":[1]}'],
    [{ msg: 0 }, '0'],
  ])('of %j is %s', (body, message) => expect(anAlert(body).message).toBe(message));

  test('is cut at 2,000 characters', () => expect(anAlert({ msg: 'm'.repeat(3_000) }).message).toHaveLength(2_000));
});

describe('summary', () => {
  const body = { title: 'Disk full' };

  test.each<[Partial<TicketingConfig>, string, string]>([
    [{}, 'Alert:', 'Alert: Disk full'],
    [{ summaryPrefix: '' }, 'Alert:', 'Alert: Disk full'],
    [{ summaryPrefix: 'Own' }, 'Alert:', 'Own Disk full'],
    [{}, '', 'Disk full'],
    [{ summaryPrefix: ' ' }, '', 'Disk full'],
  ])('with %j and the environment %j', (ticketing, environment, expected) =>
    expect(summaryOf(body, ticketing, environment)).toBe(expected),
  );

  test.each<[string, string[], string]>([
    ['[prod] Disk  full', ['[prod]'], 'Alert: Disk full'],
    ['Disk full', ['disk'], 'Alert: Disk full'],
    ['a.b', ['.'], 'Alert: ab'],
    ['x', ['Alert: '], 'x'],
    ['x y x', ['x'], 'Alert: y'],
    ['Disk', ['Disk'], 'Alert:'],
    ['Disk', ['Alert: Disk'], 'Alert: Summary unavailable'],
    ['Disk', [''], 'Alert: Disk'],
    [' a\n\tb ', [], 'Alert: a b'],
  ])('%j without %j is %j', (title, summaryRemove, expected) =>
    expect(summaryOf({ title }, { summaryRemove })).toBe(expected),
  );

  test('the mapped summary stands for the name, not for its prefix', () => {
    expect(summaryOf({ title: 'T', host: 'srv' }, { mapping: { summary: '$.host' } })).toBe('Alert: srv');
    expect(summaryOf({ title: 'T', host: ' ' }, { mapping: { summary: '$.host' } })).toBe('Alert: T');
  });

  test('99 code points stay, 100 become 96 and three dots', () => {
    expect(summaryOf({ title: 'x'.repeat(92) })).toBe(`Alert: ${'x'.repeat(92)}`);
    expect(summaryOf({ title: 'x'.repeat(93) })).toBe(`Alert: ${'x'.repeat(89)}...`);
    expect(summaryOf({ title: '😀'.repeat(93) })).toBe(`Alert: ${'😀'.repeat(89)}...`);
  });

  test("digits of a mapped number are the sender's", () => {
    expect(summaryOf(aBody('{"id":12345678901234567890}'), { mapping: { summary: '$.id' } })).toBe(
      'Alert: 12345678901234567890',
    );
  });
});

test('the cut is at most 99 code points, splits none and keeps what is short', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const whole = text.toWellFormed();
      const cut = cutSummary(whole);
      expect(Array.from(cut).length).toBeLessThanOrEqual(99);
      expect(cut.isWellFormed()).toBe(true);
      if (Array.from(whole).length <= 99) expect(cut).toBe(whole);
      else expect(cut.endsWith('...') && whole.startsWith(cut.slice(0, -3))).toBe(true);
      expect(cutSummary(cut)).toBe(cut);
    }),
  );
});

test('a whole summary is never blank, holds no line break and no double blank', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.array(fc.string({ minLength: 1, maxLength: 2 })),
      (prefix, subject, remove) => {
        const whole = wholeSummary({ prefix, subject, remove });
        expect(whole).toMatch(/\S/);
        expect(whole === whole.trim() && !/\s{2}|[\n\r\t]/.test(whole.replace(prefix.trim(), ''))).toBe(true);
      },
    ),
  );
});
