import { expect, it } from 'vitest';
import { priorityRank } from '../../../workflows/domain/holding-order.ts';
import { outageDescription, outagePolicyOf, outageSummary } from '../../../workflows/domain/holding-pen.ts';

it('ranks priorities by the number in their name, then by their words, unknown ones and none in the middle', () => {
  const names = ['Low', null, 'Priority 2 - High', 'Whatever', 'P1', 'Critical', 'Medium', 'Priority 4 - Low'];
  const sorted = [...names].sort((a, b) => priorityRank(a) - priorityRank(b));
  expect(sorted).toEqual([
    'P1',
    'Critical',
    'Priority 2 - High',
    null,
    'Whatever',
    'Medium',
    'Low',
    'Priority 4 - Low',
  ]);
});

it('gives a ticket each where an endpoint says nothing', () => {
  expect(outagePolicyOf({})).toBe('both');
});

it('tells every incident that came and went, the oldest first, and how many more than a ticket holds', () => {
  const at = (minute: number) => new Date(Date.parse('2026-03-02T12:00:00Z') + minute * 60_000).toISOString();
  const gone = Array.from({ length: 250 }, (_, index) => ({
    summary: `Host ${249 - index}`,
    openedAt: at(249 - index),
    recoveredAt: at(300 + index),
    alerts: 2,
  }));
  expect(outageSummary('Kuma', gone)).toBe(`[OUTAGE] Webhook Endpoint: Kuma - 250 came and went (until ${at(549)})`);
  const lines = outageDescription('Kuma', gone).split('\n');
  expect(lines[0]).toContain(`from ${at(0)} to ${at(549)}`);
  expect(lines[2]).toBe(`- ${at(0)} to ${at(549)}: Host 0 (2 alerts)`);
  expect(lines.at(-1)).toBe('- and 50 more');
});
