import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getIncident } from '../../admin/server/incidents/get.ts';
import { listIncidents } from '../../admin/server/incidents/list.ts';
import {
  adoptTicket,
  closeIncident,
  createTicketAnyway,
  noteIncident,
  retryIncident,
} from '../../admin/server/incidents/orders.ts';
import { aDraft } from '../activities/tickets/port-conformance.ts';
import { eventually } from '../support/eventually.ts';
import { anIncident } from '../support/incident-bench.ts';
import { keepHistory } from '../support/keep-history.ts';
import type { AdminWorld } from './admin-world.ts';
import { anIncidentWorld, type IncidentWorld, type Started } from './incident-world.ts';

let own: IncidentWorld;
let world: AdminWorld;

beforeAll(async () => {
  own = await anIncidentWorld();
  world = own.world;
});
afterEach(() => own.stopWork());
afterAll(() => own?.close());

const A_DRAFT = aDraft({ summary: 'Made by hand', description: '' });

/** Its ticket system has refused the ticket. */
async function aBlockedIncident(): Promise<Started> {
  const incident = await own.started();
  incident.tickets.faults = [null, null, 'refused'];
  await incident.alert('open', 'down');
  await own.ring(incident);
  await eventually(async () => (await incident.row())['phase'] === 'blocked');
  return incident;
}

describe('orders of a person', () => {
  it('are carried out by the workflow and answered: a note, then the close', async () => {
    const incident = await own.anOpenIncident();
    expect(
      await world.run(noteIncident, { id: incident.id, body: { text: 'looking into it' } }, 'operator'),
    ).toMatchObject({ state: 'done', answer: 'Note written on ticket 1.' });
    expect(incident.tickets.all[0]?.notes.at(-1)?.body).toBe('API key: test: looking into it');
    expect(await world.run(closeIncident, { id: incident.id, body: {} })).toMatchObject({ state: 'done' });
    expect(incident.tickets.all[0]?.isOpen).toBe(false);
    const shown = await world.run(getIncident, { id: incident.id }, 'viewer');
    expect(shown.phase).toBe('closed');
    expect(shown.orders.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['close done', 'note done']);
    expect(shown.timeline.map(({ kind }) => kind)).toContain('order');
    expect(shown.workflowUrl).toBe(
      `http://localhost:8233/namespaces/${own.temporal.namespace}/workflows/${encodeURIComponent(incident.key)}`,
    );
    const audit = await world.context.pool.query(
      'select action, actor from audit_entry where entity_id = $1 order by at',
      [incident.id],
    );
    expect(audit.rows).toEqual([
      { action: 'note', actor: 'API key: test' },
      { action: 'close', actor: 'API key: test' },
    ]);
  });

  it('are refused with the reason where the state forbids them', async () => {
    const incident = await own.anOpenIncident();
    expect(await world.refusal(createTicketAnyway, { id: incident.id, body: {} })).toMatchObject({
      code: 'conflict',
      message: 'The incident has ticket 1 already.',
    });
    expect(await world.refusal(adoptTicket, { id: incident.id, body: { ticketId: 99 } })).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('ticket 1'),
    });
  });

  it('adopt a ticket that somebody made while ours was refused: the alerts become its note, the recovery closes it', async () => {
    const incident = await aBlockedIncident();
    const stranger = await incident.tickets.create(A_DRAFT, 'another key', new AbortController().signal);
    expect(
      await world.run(adoptTicket, { id: incident.id, body: { ticketId: Number(stranger.id) } }, 'operator'),
    ).toMatchObject({ state: 'done', answer: `Ticket ${stranger.id} adopted.` });
    await eventually(async () => (await incident.alerts()).every(({ settled }) => settled));
    expect(await incident.alerts()).toMatchObject([{ state: 'processed', ticket: stranger.id }]);
    expect(incident.tickets.all).toHaveLength(1);
    expect(await world.run(getIncident, { id: incident.id }, 'viewer')).toMatchObject({
      phase: 'open',
      ticketId: stranger.id,
    });
    await incident.alert('close', 'up');
    await own.ring(incident);
    const handle = own.temporal.client.workflow.getHandle(incident.key);
    expect(await handle.result()).toEqual({ end: 'closed', ticketId: stranger.id });
    expect(incident.tickets.all).toMatchObject([{ isOpen: false, closedTimes: 1 }]);
    await keepHistory(handle, 'order-adopt');
  });

  it('adopt no ticket that is not there, and none of another incident', async () => {
    const incident = await aBlockedIncident();
    expect(await world.refusal(adoptTicket, { id: incident.id, body: { ticketId: 99 } })).toMatchObject({
      code: 'conflict',
      message: 'There is no ticket 99.',
    });
    const stranger = await incident.tickets.create(A_DRAFT, 'another key', new AbortController().signal);
    const { pool } = world.context;
    const other = await anIncident(pool);
    await pool.query(`update incident set ticket_id = $1, connection = $2 where key = $3`, [
      stranger.id,
      incident.deps.connection,
      other.key,
    ]);
    expect(
      await world.refusal(adoptTicket, { id: incident.id, body: { ticketId: Number(stranger.id) } }),
    ).toMatchObject({ code: 'conflict', message: expect.stringContaining('belongs to another incident') });
  });

  it('create the ticket anyway once its creation got no answer twice and nobody knows', async () => {
    const incident = await own.started({ lagBudgetMs: 500 });
    incident.tickets.faults = [null, null, 'no-answer-no-effect', null, 'no-answer-no-effect'];
    await incident.alert('open', 'down');
    await own.ring(incident);
    await eventually(async () => (await incident.row())['phase'] === 'uncertain', 30_000);
    expect(incident.tickets.all).toEqual([]);
    expect(await world.run(createTicketAnyway, { id: incident.id, body: {} }, 'operator')).toMatchObject({
      state: 'done',
      answer: expect.stringContaining('created now'),
    });
    await eventually(() => incident.tickets.all.length === 1);
    await eventually(async () => (await incident.alerts()).every(({ settled }) => settled));
    expect(await world.run(getIncident, { id: incident.id }, 'viewer')).toMatchObject({ phase: 'open', ticketId: '1' });
    const handle = own.temporal.client.workflow.getHandle(incident.key);
    await keepHistory(handle, 'order-create');
    await handle.terminate();
  }, 60_000);

  it('are for operators, and are checked before anything is kept', async () => {
    const incident = await own.anOpenIncident();
    expect((await world.refusal(closeIncident, { id: incident.id, body: {} }, 'viewer')).code).toBe('forbidden');
    expect((await world.refusal(noteIncident, { id: incident.id, body: {} })).faults[0]?.path).toBe('text');
    expect((await world.refusal(retryIncident, { id: '00000000-0000-4000-8000-000000000000', body: {} })).code).toBe(
      'not-found',
    );
    const orders = await world.context.pool.query('select from incident_order where incident_id = $1', [incident.id]);
    expect(orders.rowCount).toBe(0);
  });

  it('survive a workflow that does not answer: kept, the bell up, carried out once it is rung', async () => {
    const incident = await own.anOpenIncident();
    await own.stopWork();
    const outcome = await world.run(closeIncident, { id: incident.id, body: { text: 'done by hand' } });
    expect(outcome).toMatchObject({ state: 'asked', answer: null });
    const row = await world.context.pool.query(
      'select bell, bell_raised_at is not null as raised, bell_sent_at, bell_rung from incident where id = $1',
      [incident.id],
    );
    expect(row.rows[0]).toEqual({ bell: true, raised: true, bell_sent_at: null, bell_rung: 0 });
    await own.work(incident);
    await own.ring(incident);
    await eventually(() => incident.tickets.all[0]?.isOpen === false);
    await eventually(async () => (await world.run(getIncident, { id: incident.id })).orders[0]?.state === 'done');
  });
});

describe('the list of incidents', () => {
  it('shows the last changed first, filters, and pages through each once', async () => {
    await own.anOpenIncident();
    const all = await world.run(listIncidents, { query: {} }, 'viewer');
    expect(all.items.map(({ updatedAt }) => updatedAt)).toEqual(
      all.items
        .map(({ updatedAt }) => updatedAt)
        .toSorted()
        .reverse(),
    );
    const open = await world.run(listIncidents, { query: { open: 'true' } });
    expect(open.items.every(({ phase }) => phase !== 'closed')).toBe(true);
    expect((await world.run(listIncidents, { query: { q: 'nothing like it' } })).items).toEqual([]);
    const first = await world.run(listIncidents, { query: { limit: '1' } });
    const second = await world.run(listIncidents, { query: { limit: '1', cursor: first.nextCursor ?? '' } });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.items.slice(0, 2).map(({ id }) => id));
  });
});
