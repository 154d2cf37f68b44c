import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { getBoard } from '../../admin/server/incidents/board.ts';
import { getIncident } from '../../admin/server/incidents/get.ts';
import { getIncidentRun } from '../../admin/server/incidents/get-run.ts';
import { runVerb } from '../../admin/server/verb.ts';
import { getAgreement } from '../../admin/server/workflows/get-agreement.ts';
import { listWorkflows } from '../../admin/server/workflows/list.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
let endpointId: string;
beforeAll(async () => {
  world = await anAdminWorld();
  endpointId = (await world.run(createEndpoint, { body: { name: 'Board' } })).id;
}, 60_000);
afterAll(() => world.close());

async function incidents(count: number, phase: string, age: string, company: string | null = null): Promise<void> {
  await world.context.pool.query(
    `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest, phase, company, updated_at)
     select gen_random_uuid(), $1 || n, $2, 0, 'desk', 'n', $3 || ' ' || n, 'd', $3, $5, now() - $4::interval - n * interval '1 second'
     from generate_series(1, $6) n`,
    [`incident:${endpointId}:${phase}`, endpointId, phase, age, company, count],
  );
}

describe('the board of incidents', () => {
  it('counts every incident of a phase and shows the last changed, however many others changed since', async () => {
    await incidents(3, 'blocked', '30 days', 'ACME');
    await incidents(900, 'closed', '0 seconds');
    await incidents(25, 'open', '1 hour');
    const { phases } = await world.run(getBoard, { query: {} }, 'viewer');
    const of = (phase: string) => phases.find((one) => one.phase === phase);
    expect(phases.map(({ phase, count, items }) => [phase, count, items.length]).toSorted()).toEqual([
      ['blocked', 3, 3],
      ['closed', 900, 20],
      ['open', 25, 20],
    ]);
    expect(of('blocked')?.items.map(({ summary }) => summary)).toEqual(['blocked 1', 'blocked 2', 'blocked 3']);
    const one = await world.run(getBoard, { query: { q: 'blocked 2', endpoint: endpointId, limit: 5 } });
    expect(one.phases).toMatchObject([{ phase: 'blocked', count: 1, items: [{ summary: 'blocked 2' }] }]);
    expect((await world.run(getBoard, { query: { endpoint: randomUUID() } })).phases).toEqual([]);
  });

  it('shows whoever is limited to a company its own alone', async () => {
    const actor = { via: 'api-key', id: 't', name: 't', role: 'viewer', company: 'acme', sourceIp: '::1' } as const;
    const { phases } = await runVerb(getBoard, { ...world.context, actor }, { query: {} });
    expect(phases).toMatchObject([{ phase: 'blocked', count: 3 }]);
  });
});

describe('while Temporal is away', () => {
  it('an incident says so in words within its patience, and is whole all the same', async () => {
    const [incident] = (await world.run(getBoard, { query: { phase: 'blocked' } })).phases[0]?.items ?? [];
    const began = Date.now();
    const run = await world.run(getIncidentRun, { id: incident?.id }, 'viewer');
    expect(Date.now() - began).toBeLessThan(3_500);
    expect(run).toMatchObject({
      state: 'unreachable',
      words: expect.stringContaining('kept in Postgres'),
      runId: null,
    });
    expect(await world.run(getIncident, { id: incident?.id })).toMatchObject({ summary: 'blocked 1' });
    expect((await world.refusal(getIncidentRun, { id: randomUUID() })).code).toBe('not-found');
  });

  it('the list of workflows is refused with a word on where to look, and what was compared last is told', async () => {
    expect(await world.refusal(listWorkflows, { query: {} })).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Temporal does not answer'),
    });
    expect((await world.refusal(listWorkflows, { query: { type: 'nonsense' } })).code).toBe('invalid');
    expect(await world.run(getAgreement, {})).toEqual({ items: [] });
    await world.context.pool.query(`insert into agreement_check values ('incident', 5, 4, 1, 0, $1, '[]', now())`, [
      JSON.stringify([`incident:${endpointId}:blocked1`]),
    ]);
    expect(await world.run(getAgreement, {}, 'viewer')).toMatchObject({
      items: [
        { kind: 'incident', missing: 1, missingExamples: [{ title: 'blocked 1', incidentId: expect.any(String) }] },
      ],
    });
  });
});
