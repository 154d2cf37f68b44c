import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { TicketSystemError, type TicketSystem } from '../../../activities/tickets/ticket-system.ts';
import type { TicketDraft } from '../../../workflows/contracts/plan.ts';

/** A ticket system under test, and what a person or an auditor can do with it behind the port's back. */
export interface PortFixture {
  system: TicketSystem;
  /** Two boards and two companies that exist, a priority, and a status that is closed. */
  boards: readonly [string, string];
  companies: readonly [string, string];
  priority: string;
  closedStatus: string;
  openStatus: string;
  makeByHand(ticket: { summary: string; board: string; company: string }): Promise<string>;
  closeByHand(id: string, status: string): Promise<void>;
  remove(id: string): Promise<void>;
  notesOf(id: string): Promise<{ text: string; shownTo: 'internal' | 'public' | 'resolution' }[]>;
  countByKey(key: string): Promise<number>;
  describedAs(id: string): Promise<string>;
}

export function aDraft(more: Partial<TicketDraft> = {}): TicketDraft {
  return {
    summary: `Alert: ${randomUUID()}`,
    description: 'Something is wrong.',
    companyId: null,
    board: null,
    status: null,
    closeStatus: null,
    type: null,
    subtype: null,
    item: null,
    priority: null,
    severity: null,
    impact: null,
    ...more,
  };
}

export const aKey = () => `hw:${randomUUID()}`;

export async function faultOf(work: Promise<unknown>): Promise<TicketSystemError> {
  const error = await work.then(
    () => expect.unreachable('It should have failed.'),
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(TicketSystemError);
  return error as TicketSystemError;
}

/** What every ticket system must do alike. `fixture` is asked for inside each test. */
export function testTicketPort(fixture: () => PortFixture): void {
  it('finds a created ticket by its key, with the summary, an id and the key', async () => {
    const { system, describedAs } = fixture();
    const draft = aDraft({ description: 'line one\nline two "quoted" é' });
    const key = aKey();
    expect(await system.findByKey(key)).toEqual([]);
    const made = await system.create(draft, key);
    expect(made).toMatchObject({ isOpen: true, summary: draft.summary, key, mergedInto: null });
    expect(made.statusName).not.toBeNull();
    expect(made.updatedBy).not.toBeNull();
    expect(await system.findByKey(key)).toEqual([made]);
    expect(await system.get(made.id)).toEqual(made);
    expect(await describedAs(made.id)).toContain('line two "quoted" é');
  });

  it('finds no ticket by a part, a longer form or another case of its key', async () => {
    const { system } = fixture();
    const key = aKey();
    await system.create(aDraft(), key);
    for (const other of [key.slice(0, -1), `${key}0`, key.toUpperCase()])
      expect(await system.findByKey(other)).toEqual([]);
  });

  it('cuts a summary that is too long and still finds it open', async () => {
    const { system } = fixture();
    const draft = aDraft({ summary: `${'é😀'.repeat(20)} ${randomUUID()} ${'tail'.repeat(40)}` });
    const made = await system.create(draft, aKey());
    expect(made.summary.length).toBeLessThanOrEqual(system.describe().limits.summary);
    expect((await system.findOpen(draft)).map((ticket) => ticket.id)).toEqual([made.id]);
  });

  it('finds open tickets by exactly the same summary, board and company only', async () => {
    const { system, boards, companies, makeByHand, closeByHand, closedStatus } = fixture();
    const summary = `Alert: disk ${randomUUID()}`;
    const [board, company] = [boards[0], companies[0]];
    const wanted = await makeByHand({ summary, board, company });
    const second = await makeByHand({ summary, board, company });
    await makeByHand({ summary: `${summary} 2`, board, company });
    await makeByHand({ summary: summary.toUpperCase(), board, company });
    await makeByHand({ summary, board: boards[1], company });
    await makeByHand({ summary, board, company: companies[1] });
    await closeByHand(await makeByHand({ summary, board, company }), closedStatus);
    const found = await system.findOpen(aDraft({ summary, board, companyId: company }));
    expect(found.map((ticket) => ticket.id)).toEqual([wanted, second]);
    expect(found.every((ticket) => ticket.isOpen && !(ticket.key ?? '').startsWith('hw:'))).toBe(true);
  });

  it.each([
    `it's`,
    `say "x"`,
    `both ' and "`,
    '[TIMEOUT] it',
    '100% *',
    'back\\slash',
    'a) or (closedFlag = true',
    'ünï 😀',
    `''""[]%`,
    'x and y or z',
  ])('finds the open ticket whose summary holds %s', async (odd) => {
    const { system, boards, companies, makeByHand } = fixture();
    const summary = `${odd} ${randomUUID().slice(0, 8)} ${odd}`;
    const id = await makeByHand({ summary, board: boards[0], company: companies[0] });
    const found = await system.findOpen(aDraft({ summary, board: boards[0], companyId: companies[0] }));
    expect(found.map((ticket) => ticket.id)).toEqual([id]);
  });

  it('finds a summary of quotes alone without taking another', async () => {
    const { system, boards, companies, makeByHand } = fixture();
    const place = { board: boards[0], company: companies[0] };
    const id = await makeByHand({ summary: `'"'"`, ...place });
    await makeByHand({ summary: `"'"'`, ...place });
    const found = await system.findOpen(aDraft({ summary: `'"'"`, board: place.board, companyId: place.company }));
    expect(found.map((ticket) => ticket.id)).toEqual([id]);
  });

  it('answers null for a ticket that is gone, and not-found for a note on it or a change of its state', async () => {
    const { system, remove } = fixture();
    const made = await system.create(aDraft(), aKey());
    await remove(made.id);
    expect(await system.get(made.id)).toBeNull();
    expect(await system.hasNote(made.id, 'hn:gone')).toBe(false);
    const note = { body: 'x', visibility: 'internal', purpose: 'update', key: `hn:${randomUUID()}` } as const;
    expect(await faultOf(system.addNote(made.id, note))).toMatchObject({ code: 'not-found', effect: 'none' });
    expect(await faultOf(system.setState(made.id, 'closed', null))).toMatchObject({
      code: 'not-found',
      effect: 'none',
    });
  });

  it('answers null for an id that could never be one', async () => {
    const { system } = fixture();
    expect(await system.get('999999999')).toBeNull();
  });

  it('shows a note where it belongs and finds it again by its key', async () => {
    const { system, notesOf } = fixture();
    const made = await system.create(aDraft(), aKey());
    const before = (await notesOf(made.id)).length;
    const notes = [
      { body: 'seen again', visibility: 'internal', purpose: 'update', key: `hn:${randomUUID()}` },
      { body: 'seen by all', visibility: 'public', purpose: 'update', key: `hn:${randomUUID()}` },
      { body: 'likely causes', visibility: 'internal', purpose: 'analysis', key: `hn:${randomUUID()}` },
      { body: 'back up', visibility: 'public', purpose: 'resolution', key: `hn:${randomUUID()}` },
    ] as const;
    for (const note of notes) {
      expect(await system.hasNote(made.id, note.key)).toBe(false);
      await system.addNote(made.id, note);
      expect(await system.hasNote(made.id, note.key)).toBe(true);
      expect(await system.hasNote(made.id, note.key.slice(0, -1))).toBe(false);
    }
    const written = (await notesOf(made.id)).slice(before);
    expect(written.map((note) => note.shownTo)).toEqual(['internal', 'public', 'internal', 'resolution']);
    written.forEach((note, at) => {
      expect(note.text).toContain(notes[at]?.body);
      expect(note.text).toContain(`ref: ${notes[at]?.key}`);
    });
  });

  it('keeps the marker of a note that is cut', async () => {
    const { system, notesOf } = fixture();
    const made = await system.create(aDraft(), aKey());
    const key = `hn:${randomUUID()}`;
    await system.addNote(made.id, { body: 'x'.repeat(100_000), visibility: 'internal', purpose: 'update', key });
    expect(await system.hasNote(made.id, key)).toBe(true);
    expect((await notesOf(made.id)).at(-1)?.text.length).toBeLessThanOrEqual(system.describe().limits.note);
  });

  it('closes, stays closed when closed again, and opens again', async () => {
    const { system, openStatus } = fixture();
    const draft = aDraft();
    const made = await system.create(draft, aKey());
    const closed = await system.setState(made.id, 'closed', null);
    expect(closed).toMatchObject({ id: made.id, isOpen: false });
    expect(await system.get(made.id)).toEqual(closed);
    expect(await system.setState(made.id, 'closed', null)).toEqual(closed);
    expect(await system.findOpen(draft)).toEqual([]);
    const open = await system.setState(made.id, 'open', openStatus);
    expect(open).toMatchObject({ isOpen: true, statusName: openStatus });
    expect(await system.setState(made.id, 'open', null)).toEqual(open);
  });

  it('closes with the status that is named', async () => {
    const { system, closedStatus } = fixture();
    const made = await system.create(aDraft(), aKey());
    expect(await system.setState(made.id, 'closed', closedStatus)).toMatchObject({
      isOpen: false,
      statusName: closedStatus,
    });
  });

  it('sees that a person closed the ticket, whatever closing status was used', async () => {
    const { system, closeByHand } = fixture();
    const made = await system.create(aDraft(), aKey());
    await closeByHand(made.id, 'Completed');
    expect(await system.get(made.id)).toMatchObject({ isOpen: false, statusName: 'Completed' });
  });

  it('folds extra tickets into one, and does it again without harm', async () => {
    const { system } = fixture();
    const [canonical, ...extra] = await Promise.all([1, 2, 3].map(() => system.create(aDraft(), aKey())));
    const ids = extra.map((ticket) => ticket.id);
    for (let time = 0; time < 2; time += 1) await system.converge(canonical?.id ?? '', ids);
    expect(await system.get(canonical?.id ?? '')).toMatchObject({ isOpen: true });
    for (const id of ids) {
      const now = await system.get(id);
      expect(now === null || now.mergedInto === canonical?.id || !now.isOpen).toBe(true);
    }
  });

  it('offers boards, statuses, priorities and companies to pick from', async () => {
    const { system, boards, priority, closedStatus } = fixture();
    await system.create(aDraft({ board: boards[0] }), aKey());
    expect((await system.catalog('boards', null)).map((item) => item.name)).toContain(boards[0]);
    const statuses = await system.catalog('statuses', boards[0]);
    expect(statuses.find((item) => item.name === closedStatus)?.isClosed).toBe(true);
    expect((await system.catalog('priorities', null)).map((item) => item.name)).toContain(priority);
    for (const kind of ['types', 'subtypes', 'items'] as const)
      expect(Array.isArray(await system.catalog(kind, boards[0]))).toBe(true);
    expect(Array.isArray(await system.catalog('companies', null))).toBe(true);
  });

  it('finds nothing to complain of when all is well', async () => {
    const findings = await fixture().system.check();
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter((finding) => finding.level !== 'ok')).toEqual([]);
  });

  it('does nothing once it is called off', async () => {
    const { system, countByKey } = fixture();
    const key = aKey();
    expect(await faultOf(system.create(aDraft(), key, AbortSignal.abort()))).toMatchObject({
      code: 'unavailable',
      effect: 'none',
    });
    expect(await countByKey(key)).toBe(0);
  });
}
