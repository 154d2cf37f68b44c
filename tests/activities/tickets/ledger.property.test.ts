import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readLedgerRows } from '../../../admin/server/ledger/read-rows.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { ledgerOf } from '../../../workflows/domain/ledger.ts';
import type { LedgerRow } from '../../../workflows/domain/ledger-rows.ts';
import { rebuildTicket, type RebuiltTickets } from '../../../workflows/domain/ledger-ticket.ts';
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
  | { do: 'pass'; ms: number }
  | { do: 'fault'; faults: (Fault | null)[] }
  | { do: 'person'; what: 'close' | 'delete' }
  | { do: 'order'; kind: 'note' | 'close' | 'acknowledge' | 'snooze' | 'analyse' };

const HARMLESS = [null, 'crash-before', 'unavailable', 'throttled', 'refused', 'bad-key'] as const;
const UNKNOWN = ['crash-after', 'lost-reply', 'no-answer-no-effect'] as const;

function commands(faults: readonly (Fault | null)[]): fc.Arbitrary<Command[]> {
  const one: fc.Arbitrary<Command> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('alert' as const),
        kind: fc.constantFrom('open' as const, 'close' as const),
      }),
    },
    { weight: 5, arbitrary: fc.constant({ do: 'live' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1000, 31_000, 130_000) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('fault' as const),
        faults: fc.array(fc.constantFrom(...faults), { minLength: 1, maxLength: 5 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('person' as const),
        what: fc.constantFrom('close' as const, 'delete' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('order' as const),
        kind: fc.constantFrom(
          'note' as const,
          'close' as const,
          'acknowledge' as const,
          'snooze' as const,
          'analyse' as const,
        ),
      }),
    },
  );
  return fc.array(one, { minLength: 1, maxLength: 24 });
}

const settings = fc.record({
  noteIntervalSeconds: fc.constantFrom(0, 30),
  closeDelaySeconds: fc.constantFrom(0, 60),
  reopenWindowSeconds: fc.constantFrom(0, 600),
});

async function obey(incident: IncidentBench, told: Command): Promise<void> {
  const { tickets } = incident;
  const open = tickets.all.find((ticket) => ticket.isOpen);
  if (told.do === 'alert') await incident.alert(told.kind);
  else if (told.do === 'live') await incident.live();
  else if (told.do === 'pass') incident.nowMs += told.ms;
  else if (told.do === 'fault') tickets.faults = [...told.faults];
  else if (told.do === 'order')
    await incident.order(told.kind, { text: 'by hand', until: new Date(incident.nowMs + 300_000).toISOString() });
  else if (open && told.what === 'close') tickets.person(open.id, { isOpen: false, statusName: 'Closed' });
  else if (open) tickets.all.splice(tickets.all.indexOf(open), 1);
}

/** Lives through a random story, comes to rest, and lets the regular check see what people did last. */
async function story(ticketing: Parameters<typeof anIncident>[1], told: readonly Command[]): Promise<IncidentBench> {
  const incident = await anIncident(pool, ticketing, { enabled: true });
  for (const command of told) await obey(incident, command);
  incident.tickets.faults = [];
  await incident.order('retry');
  await incident.settle(1);
  if ((await incident.row())['phase'] === 'uncertain') {
    await incident.order('create');
    await incident.settle(1);
  }
  await incident.settle(8);
  return incident;
}

async function rebuilt(incident: IncidentBench): Promise<RebuiltTickets> {
  const rows: LedgerRow[] = [];
  for await (const { row } of readLedgerRows(pool, String((await incident.row())['id']), null)) rows.push(row);
  return rebuildTicket(ledgerOf(rows));
}

const words = (notes: readonly { key: string; body: string; purpose: string; visibility: string }[]) =>
  notes.map(({ key, body, purpose, visibility }) => ({ key, body, purpose, visibility }));

it('rebuilds the final state of every ticket from the ledger alone, when each answer of the ticket system arrives', async () => {
  await fc.assert(
    fc.asyncProperty(settings, commands(HARMLESS), async (ticketing, told) => {
      const incident = await story(ticketing, told);
      const { tickets, current } = await rebuilt(incident);
      expect(current).toBe((await incident.row())['ticket_id'] ?? null);
      const standing = tickets.filter((ticket) => !ticket.isGone);
      const held = incident.tickets.all;
      expect(standing.map(({ id }) => id)).toEqual(held.map(({ id }) => id));
      for (const [index, ticket] of standing.entries()) {
        const real = held[index];
        expect({ isOpen: ticket.isOpen, status: ticket.status }).toEqual({
          isOpen: real?.isOpen,
          status: real?.statusName,
        });
        expect(words(ticket.notes)).toEqual(words(real?.notes ?? []));
        expect(ticket.resolution).toEqual(
          real?.notes.findLast(({ purpose }) => purpose === 'resolution')?.body ?? null,
        );
      }
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 80), endOnFailure: false },
  );
}, 300_000);

it('tells no note that is not on its ticket, and open from closed rightly, also when answers are lost and workers die', async () => {
  await fc.assert(
    fc.asyncProperty(settings, commands([...HARMLESS, ...UNKNOWN]), async (ticketing, told) => {
      const incident = await story(ticketing, told);
      const { tickets, current } = await rebuilt(incident);
      expect(current).toBe((await incident.row())['ticket_id'] ?? null);
      for (const ticket of tickets.filter(({ isGone }) => !isGone)) {
        const real = incident.tickets.all.find(({ id }) => id === ticket.id);
        expect({ id: ticket.id, isOpen: ticket.isOpen }).toEqual({ id: real?.id, isOpen: real?.isOpen });
        expect(words(real?.notes ?? [])).toEqual(expect.arrayContaining(words(ticket.notes)));
      }
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 80), endOnFailure: false },
  );
}, 300_000);
