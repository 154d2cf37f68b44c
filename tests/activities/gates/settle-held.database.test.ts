import { afterAll, beforeAll, expect, it } from 'vitest';
import { settleHeld } from '../../../activities/gates/settle-held.ts';
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

const gate = (incident: IncidentBench, state: 'open' | 'closed') =>
  pool.query('update connection set gate = $2 where name = $1', [incident.deps.connection, state]);
const settle = (incident: IncidentBench) =>
  settleHeld(incident.deps, {
    connection: incident.deps.connection,
    now: new Date(incident.nowMs).toISOString(),
  });

async function held(policy: 'both' | 'summary' | 'nothing', kinds: readonly ('open' | 'close')[]) {
  const incident = await anIncident(pool, { outagePolicy: policy });
  await gate(incident, 'closed');
  for (const kind of kinds) {
    await incident.alert(kind);
    await incident.live();
  }
  return incident;
}

it('settles what came and went under "nothing" without a call, with the reason in history and timeline', async () => {
  const incident = await held('nothing', ['open', 'open', 'close']);
  expect(await incident.row()).toMatchObject({ phase: 'waiting', want: 'closed' });
  expect(await settle(incident)).toEqual({ settled: 1, summaries: 0 });
  expect(await settle(incident)).toEqual({ settled: 0, summaries: 0 });
  await gate(incident, 'open');
  expect((await incident.live()).ended).toBe(true);
  expect(incident.tickets.posts).toBe(0);
  const reason = expect.stringContaining('while the ticket system was away');
  expect(await incident.alerts()).toEqual(
    ['open', 'open', 'close'].map((kind) =>
      expect.objectContaining({ kind, state: 'skipped', settled: true, action: 'none', error: reason }),
    ),
  );
  const { rows } = await pool.query(
    `select e.data from incident_event e join incident i on i.id = e.incident_id where i.key = $1 and e.kind = 'outage-over'`,
    [incident.key],
  );
  expect(rows).toEqual([{ data: expect.objectContaining({ policy: 'nothing' }) }]);
});

it.each([
  ['both', ['open', 'close']],
  ['nothing', ['open']],
  ['summary', ['open', 'close', 'open']],
] as const)('leaves to their own tickets what policy %s does not mean: %j', async (policy, kinds) => {
  const incident = await held(policy, kinds);
  expect(await settle(incident)).toEqual({ settled: 0, summaries: 0 });
  await gate(incident, 'open');
  await incident.settle(1);
  expect(incident.tickets.all).toHaveLength(1);
  expect(incident.tickets.all[0]?.isOpen).toBe(kinds.at(-1) === 'open');
});

it('closes a ticket that was open before, whatever the policy: a resolution is never lost', async () => {
  const incident = await anIncident(pool, { outagePolicy: 'nothing' });
  await incident.alert('open');
  await incident.live();
  await gate(incident, 'closed');
  for (const kind of ['close', 'open', 'close'] as const) {
    await incident.alert(kind);
    await incident.live();
  }
  expect(await settle(incident)).toEqual({ settled: 0, summaries: 0 });
  await gate(incident, 'open');
  await incident.settle(1);
  expect(incident.tickets.all).toMatchObject([{ isOpen: false, closedTimes: 1 }]);
});

it('takes a settled incident over from its run, and an alert that comes afterwards gets a ticket', async () => {
  const incident = await held('nothing', ['open', 'close']);
  const { chain } = await incident.row();
  await settle(incident);
  expect((await incident.row())['chain']).not.toBe(chain);
  await gate(incident, 'open');
  await incident.alert('open');
  await incident.live();
  expect(incident.tickets.all).toMatchObject([{ isOpen: true }]);
});

it('leaves alone an incident whose next alert is not taken yet', async () => {
  const incident = await held('nothing', ['open', 'close']);
  await incident.alert('open');
  expect(await settle(incident)).toEqual({ settled: 0, summaries: 0 });
  await gate(incident, 'open');
  await incident.settle(1);
  expect(incident.tickets.all).toMatchObject([{ isOpen: true }]);
});

it('tells "summary" once for each company, as an alert and its close of an incident of its own', async () => {
  const incident = await held('summary', ['open', 'close']);
  await pool.query(`update incident set company = 'ACME' where key = $1`, [incident.key]);
  expect(await settle(incident)).toEqual({ settled: 1, summaries: 1 });
  const { rows } = await pool.query(
    `select i.key, i.company, i.bell, a.kind, a.n, t.plan -> 'sender' ->> 'kind' as sender from incident i
     join alert a on a.incident_id = i.id join webhook_text t on t.id = a.webhook_id
     where i.connection = $1 and i.key <> $2 order by a.n`,
    [incident.deps.connection, incident.key],
  );
  const told = { key: expect.stringMatching(/:outage[0-9a-f]{24}$/), company: 'ACME', bell: true, sender: 'outage' };
  expect(rows).toEqual([
    { ...told, kind: 'open', n: 0 },
    { ...told, kind: 'close', n: 1 },
  ]);
});
