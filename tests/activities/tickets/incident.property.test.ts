import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import type { Fault } from '../../support/fake-tickets.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = benchPool(database.url);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

type Command =
  | { do: 'alert'; kind: 'open' | 'close' }
  | { do: 'live' }
  | { do: 'live twice at once' }
  | { do: 'pass'; ms: number }
  | { do: 'fault'; faults: (Fault | null)[] }
  | { do: 'person'; what: 'close' | 'delete' | 'rename' }
  | { do: 'order'; kind: (typeof ORDERS)[number] }
  | { do: 'adopt' }
  | { do: 'create if uncertain' }
  | { do: 'cancel' };

const fault = fc.constantFrom<(Fault | null)[]>(
  null,
  null,
  'crash-before',
  'crash-after',
  'lost-reply',
  'no-answer-no-effect',
  'unavailable',
  'throttled',
  'refused',
  'not-applied',
  'bad-key',
);
const ORDERS = ['note', 'close', 'retry', 'acknowledge', 'snooze', 'analyse'] as const;
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('alert' as const),
      kind: fc.constantFrom('open' as const, 'close' as const),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ do: 'live' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'live twice at once' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1000, 31_000, 130_000, 700_000) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      faults: fc.array(fault, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('person' as const),
      what: fc.constantFrom('close' as const, 'delete' as const, 'rename' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      kind: fc.constantFrom(...ORDERS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('adopt' as const, 'create if uncertain' as const, 'cancel' as const),
    }),
  },
);
const settings = fc.record({
  noteIntervalSeconds: fc.constantFrom(0, 30),
  closeDelaySeconds: fc.constantFrom(0, 60),
  reopenWindowSeconds: fc.constantFrom(0, 600),
  flapChanges: fc.constantFrom(0, 2),
  flapMinutes: fc.constantFrom(1, 10),
  flapCalmMinutes: fc.constantFrom(1, 10),
  lagMs: fc.constantFrom(0, 3000, 50_000),
  isAnalysed: fc.boolean(),
});

/** Open tickets that the incident answers for: its own and what it adopted, without those that a person let go by cancelling. */
async function openTickets(incident: IncidentBench, letGo: ReadonlySet<string>): Promise<string[]> {
  const { ticket_id: current } = await incident.row();
  return incident.tickets.all
    .filter(({ id, isOpen, key }) => isOpen && (id === current || (key !== null && !letGo.has(id))))
    .map(({ id }) => id);
}

async function obey(incident: IncidentBench, told: Command, letGo: Set<string>): Promise<void> {
  const { tickets } = incident;
  const open = tickets.all.find((ticket) => ticket.isOpen);
  if (told.do === 'alert') await incident.alert(told.kind);
  else if (told.do === 'live') await expectWake(incident, await incident.live());
  else if (told.do === 'live twice at once') await Promise.all([incident.live(), incident.live()]);
  else if (told.do === 'pass') incident.nowMs += told.ms;
  else if (told.do === 'fault') tickets.faults = [...told.faults];
  else if (told.do === 'adopt') await incident.order('adopt', { ticketId: tickets.madeByPerson('Made by hand') });
  else if (told.do === 'create if uncertain') {
    if ((await incident.row())['phase'] === 'uncertain') await incident.order('create');
  } else if (told.do === 'cancel') {
    await incident.live();
    await incident.cancel();
    for (const ticket of tickets.all) if (ticket.isOpen) letGo.add(ticket.id);
  } else if (told.do === 'order')
    await incident.order(told.kind, { text: 'by hand', until: new Date(incident.nowMs + 300_000).toISOString() });
  else if (open && told.what === 'close') tickets.person(open.id, { isOpen: false, statusName: 'Closed' });
  else if (open && told.what === 'delete') tickets.all.splice(tickets.all.indexOf(open), 1);
  else if (open) tickets.person(open.id, { summary: 'Renamed by a person' });
}

/** A run that is lost now is missed in time: the row says when it should have acted next, where anything is left to do. */
async function expectWake(incident: IncidentBench, lived: Awaited<ReturnType<IncidentBench['live']>>): Promise<void> {
  if (lived.snapshot === null || !lived.snapshot.gateIsOpen) return;
  const { wakes_at: wakesAt } = (await incident.row()) as { wakes_at: Date | null };
  if (lived.crashed) expect(wakesAt?.getTime()).toBeLessThanOrEqual(incident.nowMs);
  else if (lived.ended) expect(wakesAt).toBeNull();
  else if (lived.waitsUntil !== null) expect(wakesAt?.getTime()).toBeLessThanOrEqual(lived.waitsUntil);
}

/** Alerts settled as an update of which no note of their ticket speaks. */
function untold(incident: IncidentBench, alerts: Awaited<ReturnType<IncidentBench['alerts']>>): string[] {
  const told = (id: string | null) => incident.tickets.all.find((ticket) => ticket.id === id)?.notes ?? [];
  const repeats = alerts.filter((alert) => alert.kind === 'open' && alert.action === 'update');
  return repeats
    .filter((alert) => !told(alert.ticket).some((note) => note.body.includes(`Message: ${alert.message}\n`)))
    .map((alert) => alert.message);
}

it('never has two open tickets, never loses a close, and settles every alert, whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.array(command, { minLength: 1, maxLength: 24 }),
      async ({ lagMs, isAnalysed, ...ticketing }, commands) => {
        const incident = await anIncident(pool, ticketing, { enabled: isAnalysed });
        incident.tickets.lagMs = lagMs;
        const letGo = new Set<string>();
        for (const told of commands) {
          await obey(incident, told, letGo);
          expect((await openTickets(incident, letGo)).length).toBeLessThanOrEqual(1);
        }
        incident.tickets.faults = [];
        await incident.order('retry');
        await incident.settle(1);
        const row = await incident.row();
        if (row['phase'] === 'uncertain') {
          await incident.order('create');
          await incident.settle(1);
        }
        expect((await incident.row())['phase']).not.toBe('blocked');
        const alerts = await incident.alerts();
        const isCancelled = commands.some((told) => told.do === 'cancel');
        const ends = isCancelled ? ['processed', 'skipped'] : ['processed'];
        expect(alerts.filter((alert) => !alert.settled || !ends.includes(alert.state))).toEqual([]);
        expect((await openTickets(incident, letGo)).length).toBeLessThanOrEqual(1);
        await incident.alert('close');
        await incident.settle(1);
        expect(await openTickets(incident, letGo)).toEqual([]);
        const isWithoutPeople = commands.every(({ do: what }) =>
          ['alert', 'live', 'live twice at once', 'pass', 'fault'].includes(what),
        );
        // While an incident flaps its alerts are counted into one note, also where each has a note of its own.
        const hasNoteForEach = ticketing.noteIntervalSeconds === 0 && ticketing.flapChanges === 0;
        if (isWithoutPeople && hasNoteForEach) expect(untold(incident, alerts)).toEqual([]);
        for (const ticket of incident.tickets.all) {
          const keys = ticket.notes.map((note) => note.key);
          expect(new Set(keys).size).toBe(keys.length);
          const analyses = ticket.notes.filter((note) => note.purpose === 'analysis');
          const asked = commands.filter((told) => told.do === 'order' && told.kind === 'analyse').length;
          expect(analyses.length).toBeLessThanOrEqual(asked + (isAnalysed ? 1 : 0));
        }
      },
    ),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 150), endOnFailure: false },
  );
}, 300_000);
