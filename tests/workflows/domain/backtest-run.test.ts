import { describe, expect, it } from 'vitest';
import { createBacktestRun } from '../../../workflows/domain/backtest-run.ts';
import type { BacktestRun, PlannedWebhook } from '../../../workflows/domain/backtest-run.ts';
import { aPlannedAlert, aPlannedWebhook, instant } from './backtest-plans.ts';

const open = (name = 'A') => aPlannedAlert('open', name);
const close = (name = 'A') => aPlannedAlert('close', name);
const held = (name = 'A') => aPlannedAlert('open', name, { disposition: 'hold', reason: 'window' });

function lived(webhooks: readonly PlannedWebhook[], until = 100_000): BacktestRun {
  const run = createBacktestRun();
  for (const webhook of webhooks) run.take(webhook);
  run.finish(Date.parse(instant(until)));
  return run;
}

describe('tickets, not open plans, are counted', () => {
  it('makes one ticket of a burst of opens; a note for the second, one for all that follow in its interval', () => {
    const run = lived([0, 1, 2, 3, 4].map((second) => aPlannedWebhook(second, [open()])));
    expect(run.counts).toMatchObject({ alerts: 5, tickets: 1, notes: 2, closes: 0, openAtEnd: 1 });
    expect(run.tickets[0]).toMatchObject({ alerts: 5, notes: 2, openedAt: instant(0), closedAt: null });
    expect(run.lastNote()).toContain('3 more alerts in 2 s, last: A open');
  });

  it('writes a note for each alert where notes are not joined', () => {
    const timing = { noteIntervalSeconds: 0 };
    const run = lived([0, 1, 2].map((second) => aPlannedWebhook(second, [open()], { timing })));
    expect(run.counts).toMatchObject({ tickets: 1, notes: 2 });
  });

  it('closes at once and makes a second ticket for a failure after the close', () => {
    const run = lived([aPlannedWebhook(0, [open()]), aPlannedWebhook(60, [close()]), aPlannedWebhook(120, [open()])]);
    expect(run.counts).toMatchObject({ tickets: 2, closes: 1, reopened: 0, openAtEnd: 1 });
    expect(run.tickets.map(({ closedAt }) => closedAt)).toEqual([instant(60), null]);
  });

  it('waits for calm before a close: a failure in between keeps the ticket', () => {
    const timing = { closeDelaySeconds: 300 };
    const run = lived([
      aPlannedWebhook(0, [open()], { timing }),
      aPlannedWebhook(60, [close()], { timing }),
      aPlannedWebhook(120, [open()], { timing }),
      aPlannedWebhook(1_000, [close()], { timing }),
    ]);
    expect(run.counts).toMatchObject({ tickets: 1, closes: 1, openAtEnd: 0 });
    expect(run.tickets[0]?.closedAt).toBe(instant(1_300));
  });

  it('opens the same ticket again within the reopen window, and a new one after it', () => {
    const timing = { reopenWindowSeconds: 600 };
    const run = lived([
      aPlannedWebhook(0, [open()], { timing }),
      aPlannedWebhook(10, [close()], { timing }),
      aPlannedWebhook(500, [open()], { timing }),
      aPlannedWebhook(510, [close()], { timing }),
      aPlannedWebhook(1_111, [open()], { timing }),
    ]);
    expect(run.counts).toMatchObject({ tickets: 2, reopened: 1, closes: 2, openAtEnd: 1 });
  });

  it('takes a close and an open of one webhook as one batch: the ticket stays', () => {
    const run = lived([aPlannedWebhook(0, [open()]), aPlannedWebhook(60, [close(), open()])]);
    expect(run.counts).toMatchObject({ tickets: 1, closes: 0, openAtEnd: 1 });
  });

  it('makes and closes one ticket of an open and a close in one webhook', () => {
    expect(lived([aPlannedWebhook(0, [open(), close()])]).counts).toMatchObject({
      tickets: 1,
      closes: 1,
      openAtEnd: 0,
    });
  });

  it('counts a close that finds nothing, and makes nothing of it', () => {
    expect(lived([aPlannedWebhook(0, [close()])]).counts).toMatchObject({ tickets: 0, closes: 0, closesOfNothing: 1 });
  });

  it('counts what is skipped by its reason', () => {
    const skipped = aPlannedAlert('open', 'A', { disposition: 'skip', reason: 'dropped' });
    const other = aPlannedAlert('other', 'A', { disposition: 'skip', reason: 'trigger' });
    const run = lived([aPlannedWebhook(0, [skipped]), aPlannedWebhook(1, [other]), aPlannedWebhook(2, [other])]);
    expect(run.counts).toMatchObject({ tickets: 0, skipped: { dropped: 1, trigger: 2 } });
  });
});

describe('held alerts', () => {
  it('become a ticket when the window ends', () => {
    const run = lived([aPlannedWebhook(0, [held()], { heldUntil: 3_600 })]);
    expect(run.counts).toMatchObject({ held: 1, tickets: 1 });
    expect(run.tickets[0]?.openedAt).toBe(instant(3_600));
  });

  it('that recovered in the window make none', () => {
    const run = lived([aPlannedWebhook(0, [held()], { heldUntil: 3_600 }), aPlannedWebhook(60, [close()])]);
    expect(run.counts).toMatchObject({ held: 1, recoveredWhileHeld: 1, tickets: 0 });
  });
});

describe('a close that names no customer', () => {
  const of = (customer: string) =>
    aPlannedAlert('open', 'A', { customer, incidentKey: `incident:11111111-1111-4111-8111-111111111111:${customer}` });

  it('closes the only open incident with its summary', () => {
    const run = lived([aPlannedWebhook(0, [of('acme')]), aPlannedWebhook(60, [close()])]);
    expect(run.counts).toMatchObject({ tickets: 1, closes: 1, refusedCloses: 0 });
  });

  it('is refused while several are open, and taken once one of them is closed', () => {
    const run = lived([
      aPlannedWebhook(0, [of('acme')]),
      aPlannedWebhook(1, [of('beta')]),
      aPlannedWebhook(60, [close()]),
      aPlannedWebhook(70, [{ ...of('beta'), kind: 'close' }]),
      aPlannedWebhook(80, [close()]),
    ]);
    expect(run.counts).toMatchObject({ tickets: 2, closes: 2, refusedCloses: 1, openAtEnd: 0 });
  });
});
