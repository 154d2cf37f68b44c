import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
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

type Command = { do: 'open' | 'close' | 'live' | 'acknowledge' | 'snooze' } | { do: 'pass'; ms: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ do: 'open' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'close' as const }) },
  { weight: 6, arbitrary: fc.constant({ do: 'live' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('acknowledge' as const, 'snooze' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1_000, 31_000, 200_000, 700_000) }),
  },
);

async function obey(incident: IncidentBench, told: Command): Promise<void> {
  incident.nowMs += 1;
  if (told.do === 'open' || told.do === 'close') await incident.alert(told.do);
  else if (told.do === 'pass') incident.nowMs += told.ms;
  else if (told.do === 'live') await incident.live();
  else await incident.order(told.do, { until: new Date(incident.nowMs + 600_000).toISOString() });
}

/** How many alerts the notes of all tickets speak of. */
function countTold(incident: IncidentBench): number {
  const updates = incident.tickets.all.flatMap(({ notes }) => notes.filter(({ purpose }) => purpose === 'update'));
  return updates.reduce((sum, { body }) => sum + Number(/^(\d+) more alerts/m.exec(body)?.[1] ?? 1), 0);
}

it('whoever wants quiet for however long: every repeat is told in the end, once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(0, 30),
      fc.array(command, { minLength: 3, maxLength: 30 }),
      async (noteIntervalSeconds, commands) => {
        const incident = await anIncident(pool, { noteIntervalSeconds });
        for (const told of commands) await obey(incident, told);
        incident.nowMs += 1;
        await incident.alert('close');
        await incident.settle(2);
        const repeats = (await incident.alerts()).filter(
          ({ kind, action }) => kind === 'open' && (action === 'update' || action === 'reopen'),
        );
        expect(countTold(incident)).toBe(repeats.length);
        expect(incident.tickets.all.filter(({ isOpen }) => isOpen)).toEqual([]);
      },
    ),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 80) },
  );
}, 300_000);
