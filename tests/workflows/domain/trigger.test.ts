import { describe, expect, test } from 'vitest';
import type { Json } from '../../../workflows/contracts/json.ts';
import type { TicketingConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { aBody, anAlert } from './a-plan.ts';

function outcome(status: Json | undefined, ticketing: Partial<TicketingConfig> = {}): string {
  const { kind, disposition, reason } = anAlert(status === undefined ? { x: 1 } : { heartbeat: { status } }, {
    ticketing,
  });
  return reason === null ? `${kind} ${disposition}` : `${kind} ${disposition} ${reason}`;
}

describe('trigger', () => {
  test.each<[Json | undefined, Partial<TicketingConfig>, string]>([
    [0, {}, 'open incident'],
    ['0', {}, 'open incident'],
    [1, {}, 'close incident'],
    ['1', {}, 'close incident'],
    [2, {}, 'other skip trigger'],
    [undefined, {}, 'other skip trigger'],
    ['down', { openValues: ['DOWN'] }, 'other skip trigger'],
    ['DOWN', { openValues: ['DOWN'] }, 'open incident'],
    ['DOWNTOWN', { openValues: ['DOWN'] }, 'other skip trigger'],
    [2, { otherValues: 'open' }, 'open incident'],
    [undefined, { otherValues: 'open' }, 'open incident'],
    [1, { otherValues: 'open' }, 'close incident'],
    [true, { openValues: ['true'] }, 'open incident'],
    [true, { openValues: ['True'] }, 'open incident'],
    ['True', { openValues: ['true'] }, 'open incident'],
    [false, { closeValues: ['False'] }, 'close incident'],
    [false, { closeValues: ['false'] }, 'close incident'],
    ['TRUE', { openValues: ['true'] }, 'other skip trigger'],
    [true, { openValues: ['1'] }, 'other skip trigger'],
    [null, { openValues: ['None', 'undefined', ''] }, 'other skip trigger'],
    [undefined, { openValues: ['None', 'null', 'undefined', ''] }, 'other skip trigger'],
    ['b', { openValues: [' a ', ' b '] }, 'open incident'],
    ['0', { openValues: ['0'], closeValues: ['0'] }, 'open incident'],
    ['', { openValues: [''] }, 'other skip trigger'],
    [{ a: 1 }, { openValues: ['{"a":1}'] }, 'open incident'],
  ])('%j under %j is %s', (status, ticketing, expected) => expect(outcome(status, ticketing)).toBe(expected));

  test('comma text is a list', () => {
    const ticketing = { openValues: '0, 2,' as unknown as string[] };
    expect(outcome(2, ticketing)).toBe('open incident');
    expect(outcome('0, 2,', ticketing)).toBe('other skip trigger');
  });

  test('digits are compared as they were sent', () => {
    const body = aBody('{"heartbeat":{"status":1.0}}');
    expect(anAlert(body, { ticketing: { openValues: ['1.0'], closeValues: ['1'] } }).kind).toBe('open');
  });

  test('a field under a secret name still decides, and is shown masked', () => {
    const alert = anAlert(
      { session: { state: 'lost' } },
      { ticketing: { triggerField: '$.session.state', openValues: ['lost'] } },
    );
    expect([alert.kind, alert.triggerValue]).toEqual(['open', '********']);
  });

  test('the first of several found values decides, in lists and from the end', () => {
    const body = { runs: [{ s: 'ok' }, { s: 'bad' }] };
    expect(
      anAlert(body, { ticketing: { triggerField: 'runs[-1].s', openValues: ['bad'], closeValues: ['ok'] } }).kind,
    ).toBe('open');
    expect(anAlert(body, { ticketing: { triggerField: '$..s', openValues: ['bad'], closeValues: ['ok'] } }).kind).toBe(
      'close',
    );
  });
});

test.each([
  ['disabled', { enabled: false }, {}],
  ['draft', { draft: true }, {}],
  ['ticketing-off', {}, { enabled: false }],
] as const)('%s: opens and closes are planned for history only', (reason, endpoint, ticketing) => {
  for (const status of [0, 1]) {
    const alert = anAlert({ heartbeat: { status } }, { endpoint, ticketing });
    expect([alert.disposition, alert.reason]).toEqual(['skip', reason]);
    expect(alert.ticket.summary).toBe('Alert: Unknown Source');
  }
});
