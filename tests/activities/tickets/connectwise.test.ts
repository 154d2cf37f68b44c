import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClosableTicketSystem } from '../../../activities/tickets/connectwise/connectwise.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { towards } from './connectwise-fixture.ts';
import { aDraft, aKey, faultOf, testTicketPort } from './port-conformance.ts';

let simulator: ConnectwiseSimulator;
let system: ClosableTicketSystem;

beforeAll(async () => {
  simulator = await startConnectwiseSimulator({
    seed: {
      boards: [
        {
          name: 'Marked',
          statuses: [
            { name: 'Fresh', defaultFlag: true },
            { name: 'Shut', closedStatus: true },
          ],
        },
      ],
    },
  });
  system = towards(simulator.url);
});
beforeEach(() => simulator.reset());
afterAll(async () => {
  await system.close();
  await simulator.stop();
});

async function makeByHand(ticket: { summary: string; board: string; company: string }): Promise<string> {
  const { company, publicKey, privateKey, clientId } = simulator.credentials;
  const answer = await fetch(`${simulator.url}/service/tickets`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${company}+${publicKey}:${privateKey}`)}`,
      clientId,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      summary: ticket.summary,
      board: { name: ticket.board },
      company: { identifier: ticket.company },
    }),
  });
  expect(answer.status).toBe(201);
  return String(((await answer.json()) as { id: number }).id);
}

const recorded = (id: string) => simulator.record.ticket(Number(id));

describe('ConnectWise as a ticket system', () => {
  testTicketPort(() => ({
    system,
    boards: ['Service Board', 'NOC'],
    companies: ['ACME', 'GLOBEX'],
    priority: 'Priority 1 - Critical',
    closedStatus: 'Closed',
    openStatus: 'In Progress',
    makeByHand,
    closeByHand: async (id, status) => simulator.person(Number(id), { status }),
    remove: async (id) => simulator.person(Number(id), { delete: true }),
    notesOf: async (id) =>
      (recorded(id)?.notes ?? []).map((note) => {
        const shown = {
          internal: note.internalAnalysisFlag,
          public: note.detailDescriptionFlag,
          resolution: note.resolutionFlag,
        };
        const flags = Object.entries(shown).flatMap(([name, isSet]) => (isSet ? [name] : []));
        expect(flags).toHaveLength(1);
        return { text: note.text, shownTo: flags[0] as 'internal' };
      }),
    countByKey: async (key) => simulator.record.ticketsByKey()[key]?.length ?? 0,
    describedAs: async (id) =>
      recorded(id)
        ?.notes.map((note) => note.text)
        .join('\n') ?? '',
  }));
});

describe('tickets of ConnectWise', () => {
  it('carry board, company, status, type, priority and levels as they were drafted', async () => {
    const made = await system.create(
      aDraft({
        board: 'NOC',
        companyId: 'GLOBEX',
        status: 'In Progress',
        type: 'Incident',
        subtype: 'Server',
        item: 'Disk',
        priority: 'P1',
        severity: 'high',
        impact: 'nonsense',
      }),
      aKey(),
    );
    expect(recorded(made.id)).toMatchObject({ board: 'NOC', company: 'GLOBEX', status: 'In Progress' });
    expect(made.statusName).toBe('In Progress');
    expect(made.updatedBy).toBe('HookWiseAPI');
    expect(made.url).toContain(`recid=${made.id}`);
  });

  it('find boards, statuses and companies that lie beyond the first page', async () => {
    expect((await system.catalog('boards', null)).map((item) => item.name)).toContain('NOC');
    expect((await system.catalog('boards', null)).map((item) => item.name)).not.toContain('Retired Board');
    expect((await system.catalog('statuses', 'Service Board')).map((item) => item.name)).toContain('Closed');
    expect(await system.catalog('companies', null)).toContainEqual({ id: 'ACME', name: 'Acme Limited' });
    expect((await system.catalog('companies', null)).map((item) => item.id)).not.toContain('GONE');
    expect((await system.catalog('types', 'NOC')).map((item) => item.name)).toContain('Monitoring');
    expect(await system.catalog('types', 'No such board')).toEqual([]);
  });

  it('take the default of a board that lacks the usual status, and close by its own closed status', async () => {
    const made = await system.create(aDraft({ board: 'Marked' }), aKey());
    expect(made.statusName).toBe('Fresh');
    expect(await system.setState(made.id, 'closed', null)).toMatchObject({ isOpen: false, statusName: 'Shut' });
    expect(await system.setState(made.id, 'open', null)).toMatchObject({ isOpen: true, statusName: 'Fresh' });
  });

  it('are closed by a status that is closed by its name alone', async () => {
    const made = await system.create(aDraft({ board: 'NOC' }), aKey());
    simulator.person(Number(made.id), { status: 'Completed' });
    expect(recorded(made.id)?.closedFlag).toBe(false);
    expect(await system.get(made.id)).toMatchObject({ isOpen: false, statusName: 'Completed' });
    expect(await system.findOpen(aDraft({ summary: made.summary, board: 'NOC' }))).toEqual([]);
  });

  it('close with a named status that is not marked as closed, and are not patched twice', async () => {
    const made = await system.create(aDraft(), aKey());
    expect(await system.setState(made.id, 'closed', 'Closed (no flag)')).toMatchObject({
      statusName: 'Closed (no flag)',
    });
    await system.setState(made.id, 'closed', 'Closed (no flag)');
    expect(simulator.record.counts().patches).toBe(1);
  });

  it('can be made on a board that was added a moment ago', async () => {
    await system.create(aDraft(), aKey());
    const board = `Added ${Date.now()}`;
    simulator.extend({ boards: [{ name: board }] });
    const made = await system.create(aDraft({ board }), aKey());
    expect(recorded(made.id)?.board).toBe(board);
    expect(await system.setState(made.id, 'closed', null)).toMatchObject({ isOpen: false });
  });

  it.each([
    ['board', { board: 'No such board' }, 'Service Board No such board not found'],
    ['status', { status: 'No such status' }, 'No such status'],
    ['company', { companyId: 'NOBODY' }, 'NOBODY'],
    ['priority', { priority: 'P99' }, 'P99'],
    ['type', { type: 'Odd' }, 'Odd'],
  ] as const)('are refused with ConnectWise’s own words for an unknown %s', async (_field, wrong, words) => {
    const error = await faultOf(system.create(aDraft(wrong), aKey()));
    expect(error).toMatchObject({ code: 'invalid', effect: 'none', status: 400 });
    expect(error.answer).toContain('ticket object is invalid');
    expect(error.answer).toContain(words);
    expect(error.message).toContain(words);
    expect(simulator.record.counts().tickets).toBe(0);
  });

  it('are refused a closing status of another board with ConnectWise’s own words', async () => {
    const made = await system.create(aDraft(), aKey());
    const error = await faultOf(system.setState(made.id, 'closed', 'Waiting (NOC)'));
    expect(error).toMatchObject({ code: 'invalid', effect: 'none' });
    expect(error.answer).toContain('Waiting (NOC)');
  });

  it('fit ConnectWise where it counts UTF-16 units', async () => {
    simulator.faults.set({ lengthUnit: 'utf16' });
    const draft = aDraft({ summary: '😀'.repeat(99) });
    const made = await system.create(draft, aKey());
    expect(await system.findOpen(draft)).toMatchObject([{ id: made.id }]);
  });

  it('follow a merge by a person', async () => {
    const [kept, child] = [await system.create(aDraft(), aKey()), await system.create(aDraft(), aKey())];
    simulator.person(Number(child.id), { mergeInto: Number(kept.id) });
    expect(await system.get(child.id)).toMatchObject({ mergedInto: kept.id });
  });

  it('are told by a note and closed where merging is refused', async () => {
    const [kept, extra] = [await system.create(aDraft(), aKey()), await system.create(aDraft(), aKey())];
    simulator.faults.add({ kind: 'refuse', on: 'merge', status: 400 });
    for (let time = 0; time < 2; time += 1) await system.converge(kept.id, [extra.id, '987654']);
    expect(await system.get(extra.id)).toMatchObject({ isOpen: false, mergedInto: null });
    expect(recorded(extra.id)?.notes.filter((note) => note.text.includes(`ticket ${kept.id}`))).toHaveLength(1);
  });

  it('are merged on the board they are on', async () => {
    const key = aKey();
    const [kept, extra] = [await system.create(aDraft({ board: 'NOC' }), key), await system.create(aDraft(), key)];
    await system.converge(kept.id, [extra.id]);
    expect(recorded(extra.id)?.mergedInto).toBe(Number(kept.id));
    expect((await system.findByKey(key)).map((ticket) => ticket.mergedInto)).toEqual([null, kept.id]);
  });
});

describe('the sub-path of a PATCH', () => {
  it.each(['apply', 'false-200', 'refuse'] as const)(
    'is not needed where the whole object works (%s)',
    async (subPathMode) => {
      const made = await system.create(aDraft(), aKey());
      simulator.faults.set({ subPathMode });
      expect(await system.setState(made.id, 'closed', null)).toMatchObject({ isOpen: false });
      expect(simulator.record.counts().patches).toBe(1);
    },
  );

  it('is tried once when the whole object changed nothing', async () => {
    const made = await system.create(aDraft(), aKey());
    simulator.faults.add({ kind: 'false-200', on: 'patchTicket', times: 1 });
    expect(await system.setState(made.id, 'closed', null)).toMatchObject({ isOpen: false });
    expect(simulator.record.counts().patches).toBe(2);
  });

  it('changing nothing either is told as not applied', async () => {
    const made = await system.create(aDraft(), aKey());
    simulator.faults.add({ kind: 'false-200', on: 'patchTicket' });
    const error = await faultOf(system.setState(made.id, 'closed', null));
    expect(error).toMatchObject({ code: 'not-applied', effect: 'none', status: 200 });
    expect(error.message).toContain('still "New"');
    expect(simulator.record.counts().patches).toBe(2);
  });

  it('goes with the custom fields where the tenant demands them', async () => {
    const made = await system.create(aDraft(), aKey());
    simulator.faults.set({ customFieldsOpRequired: true });
    expect(await system.setState(made.id, 'closed', null)).toMatchObject({ isOpen: false });
  });
});

describe('filters', () => {
  it.each(['none', 'doubled', 'backslash'] as const)(
    'find odd summaries where quotes are escaped by %s',
    async (quoteEscaping) => {
      simulator.faults.set({ quoteEscaping });
      for (const odd of [
        `it's`,
        `a "b"`,
        `both ' and "`,
        'back\\slash\\',
        `'`,
        `"`,
        'x" or closedFlag=true or summary="x',
      ]) {
        const summary = `${odd} disk is full ${odd}`;
        const id = await makeByHand({ summary, board: 'Service Board', company: 'ACME' });
        expect((await system.findOpen(aDraft({ summary }))).map((ticket) => ticket.id)).toEqual([id]);
      }
    },
  );

  it('keep a company that could be misread out of the filter and compare it', async () => {
    await makeByHand({ summary: 'same words', board: 'Service Board', company: 'ACME' });
    for (const companyId of [`ACME" or company/identifier="GLOBEX`, `AC'ME`, 'x'.repeat(300)]) {
      expect(await system.findOpen(aDraft({ summary: 'same words', companyId }))).toEqual([]);
    }
    expect(await system.findOpen(aDraft({ summary: 'same words', companyId: 'acme' }))).toHaveLength(1);
  });
});
