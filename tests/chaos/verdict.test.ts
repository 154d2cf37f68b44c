import { describe, expect, test } from 'vitest';
import type { SimulatedTicket } from '../../infra/bench/simulator-process.ts';
import { mostTickets, planStorm, type StormShape } from './storm-plan.ts';
import { alertsTold, isClean, judge, type Ledger } from './verdict.ts';

const SHAPE: StormShape = {
  seed: 3,
  webhooks: 60,
  incidents: 6,
  endpoints: 2,
  stories: ['lasting', 'recovering', 'flapping'],
};
const NOTHING_AMISS: Ledger = { missing: [], unsettled: [], failed: [] };
const incidents = planStorm(SHAPE);
const accepted = incidents
  .flatMap(({ steps }) => steps.flat())
  .map((alert, at) => ({ alert, requestId: `r${at}`, tries: 1 }));

/** What a ticket system holds when all went well: one ticket for each time an incident failed anew. */
function goodTickets(): SimulatedTicket[] {
  let id = 0;
  return incidents.flatMap((incident) => {
    const tickets: SimulatedTicket[] = [];
    for (const { kind, token } of incident.steps.flat()) {
      const note = (resolutionFlag: boolean) => ({
        id: (id += 1),
        text: `said ${token}`,
        resolutionFlag,
        internalAnalysisFlag: !resolutionFlag,
        detailDescriptionFlag: false,
      });
      const last = tickets.at(-1);
      if (kind === 'open' && (!last || last.closedFlag)) tickets.push(aTicket((id += 1), incident.name, note(false)));
      else if (last) last.notes.push(note(kind === 'close'));
      if (kind === 'close' && last) close(last);
    }
    return tickets;
  });
}

const aTicket = (id: number, name: string, note: SimulatedTicket['notes'][number]): SimulatedTicket => ({
  id,
  summary: `Alert: ${name}`,
  externalXRef: `hw:${id}`,
  closedFlag: false,
  mergedInto: null,
  deletedAt: null,
  createdAtMs: id * 10_000,
  notes: [note],
  statusChanges: [{ at: new Date(id * 10_000).toISOString(), closedFlag: false }],
});
const close = (ticket: SimulatedTicket) => {
  ticket.closedFlag = true;
  ticket.statusChanges.push({ at: new Date(ticket.createdAtMs + 1_000).toISOString(), closedFlag: true });
};
const judged = (tickets: readonly SimulatedTicket[], ledger = NOTHING_AMISS, isJoined = false) =>
  judge(incidents, accepted, ledger, tickets, () => isJoined).verdict;
const first = (tickets: SimulatedTicket[], story: string) => {
  const name = incidents.find((incident) => incident.story === story)?.name ?? '';
  const found = tickets.find(({ summary }) => summary.includes(name));
  if (!found) throw new Error(`There is no ticket of a ${story} incident.`);
  return found;
};

describe('the verdict over a storm', () => {
  test('plans exactly the webhooks asked for, the same for the same seed', () => {
    expect(accepted.length).toBe(SHAPE.webhooks);
    expect(planStorm(SHAPE).map(({ steps }) => steps.flat().map(({ kind }) => kind))).toEqual(
      incidents.map(({ steps }) => steps.flat().map(({ kind }) => kind)),
    );
    expect(incidents.filter(({ story }) => story !== 'flapping').every((incident) => mostTickets(incident) === 1)).toBe(
      true,
    );
    expect(incidents.some((incident) => mostTickets(incident) > 1)).toBe(true);
  });

  test('finds nothing where all went well', () => {
    expect(isClean(judged(goodTickets()))).toBe(true);
  });

  test('counts a webhook that is not in the history, one that is not settled, one that failed', () => {
    expect(judged(goodTickets(), { missing: ['a'], unsettled: ['b', 'c'], failed: ['d'] })).toMatchObject({
      lostWebhooks: 1,
      unsettled: 2,
      failed: 1,
    });
  });

  test('counts a second ticket, by its key and beside an open one', () => {
    const tickets = goodTickets();
    const one = first(tickets, 'lasting');
    const second = { ...one, id: 99_999, createdAtMs: one.createdAtMs + 5 };
    expect(judged([...tickets, second]).doubledTickets).toBeGreaterThanOrEqual(2);
    expect(judged([...tickets, { ...second, externalXRef: 'hw:other', notes: [] }]).doubledTickets).toBe(1);
  });

  test('counts a close that did not happen, and one that should not have', () => {
    const open = goodTickets();
    first(open, 'recovering').closedFlag = false;
    expect(judged(open)).toMatchObject({ lostCloses: 1, lostOpens: 0 });
    const closed = goodTickets();
    close(first(closed, 'lasting'));
    expect(judged(closed)).toMatchObject({ lostCloses: 0, lostOpens: 1 });
    const gone = first(goodTickets(), 'recovering').summary;
    expect(judged(goodTickets().filter(({ summary }) => summary !== gone)).lostCloses).toBe(1);
  });

  test('counts notes that are missing or told twice', () => {
    const lost = goodTickets();
    first(lost, 'lasting').notes.pop();
    expect(judged(lost)).toMatchObject({ lostNotes: 1, doubledNotes: 0 });
    const twice = goodTickets();
    const notes = first(twice, 'lasting').notes;
    notes.push(...notes.slice(-1));
    expect(judged(twice)).toMatchObject({ lostNotes: 0, doubledNotes: 1 });
  });

  test('adds up the numbers of joined notes', () => {
    expect(alertsTold('Recovered and failed again.\n14 more alerts in 30 s, last: x')).toBe(14);
    expect(alertsTold('Alert repeated at 10:00')).toBe(1);
    const joined = goodTickets();
    expect(isClean(judged(joined, NOTHING_AMISS, true))).toBe(true);
    const ticket = first(joined, 'lasting');
    const count = ticket.notes.length - 1;
    ticket.notes.splice(1, count, {
      id: 1,
      text: `${count} more alerts in 5 s, last: x`,
      resolutionFlag: false,
      internalAnalysisFlag: true,
      detailDescriptionFlag: false,
    });
    expect(isClean(judged(joined, NOTHING_AMISS, true))).toBe(true);
    ticket.notes.pop();
    expect(judged(joined, NOTHING_AMISS, true).lostNotes).toBe(count);
  });

  test('counts a resolution that was noted twice', () => {
    const tickets = goodTickets();
    const { notes } = first(tickets, 'recovering');
    notes.push(...notes.slice(-1));
    expect(judged(tickets).doubledResolutions).toBe(1);
  });
});
