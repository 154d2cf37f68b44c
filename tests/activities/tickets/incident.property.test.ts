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
  | { do: 'order'; kind: 'note' | 'close' | 'retry' | 'create' | 'acknowledge' | 'snooze' | 'analyse' };

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

async function obey(incident: IncidentBench, told: Command): Promise<void> {
  const { tickets } = incident;
  const open = tickets.all.find((ticket) => ticket.isOpen);
  if (told.do === 'alert') await incident.alert(told.kind);
  else if (told.do === 'live') await expectWake(incident, await incident.live());
  else if (told.do === 'live twice at once') await Promise.all([incident.live(), incident.live()]);
  else if (told.do === 'pass') incident.nowMs += told.ms;
  else if (told.do === 'fault') tickets.faults = [...told.faults];
  else if (told.do === 'order')
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
        for (const told of commands) {
          await obey(incident, told);
          expect(incident.tickets.all.filter((ticket) => ticket.isOpen).length).toBeLessThanOrEqual(1);
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
        expect(alerts.filter((alert) => !alert.settled || alert.state !== 'processed')).toEqual([]);
        expect(incident.tickets.all.filter((ticket) => ticket.isOpen).length).toBeLessThanOrEqual(1);
        await incident.alert('close');
        await incident.settle(1);
        expect(incident.tickets.all.filter((ticket) => ticket.isOpen)).toEqual([]);
        const isWithoutPeople = commands.every((told) => told.do !== 'person' && told.do !== 'order');
        if (isWithoutPeople && ticketing.noteIntervalSeconds === 0) expect(untold(incident, alerts)).toEqual([]);
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
