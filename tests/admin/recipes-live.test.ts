import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as GET_ALL } from '../../admin/app/api/v1/recipes/route.ts';
import { GET as GET_ONE } from '../../admin/app/api/v1/recipes/[id]/route.ts';
import { POST } from '../../admin/app/api/v1/endpoints/route.ts';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { getWebhook } from '../../admin/server/history/get.ts';
import { RECIPES } from '../../infra/recipes/index.ts';
import type { Recipe } from '../../infra/recipes/recipe.ts';
import { aBacktestWorld, type BacktestWorld } from './backtest-world.ts';

const HOLDER = Symbol.for('hookwise.admin.context');
let world: BacktestWorld;
beforeAll(async () => {
  world = await aBacktestWorld();
  Object.assign(globalThis, { [HOLDER]: world.context });
}, 60_000);
afterAll(async () => {
  Reflect.deleteProperty(globalThis, HOLDER);
  await world?.close();
});

/** Tickets, closes and what stays open, as the expectations of the samples add up in their order. */
function countsOf(recipe: Recipe) {
  const open = new Set<string>();
  const counts = { tickets: 0, closes: 0 };
  for (const { kind, incident, skipped } of recipe.samples.flatMap((sample) => sample.alerts)) {
    if (skipped !== undefined) continue;
    if (kind === 'open' && !open.has(incident)) {
      open.add(incident);
      counts.tickets += 1;
    }
    if (kind === 'close' && open.delete(incident)) counts.closes += 1;
  }
  return { ...counts, openAtEnd: open.size, closesOfNothing: 0 };
}

describe('an endpoint made of a recipe', () => {
  it.each(RECIPES)(
    '$id: live planning gives each thing one incident, and the tickets that were promised',
    async (recipe) => {
      const { id } = await world.run(createEndpoint, { body: {}, query: { recipe: recipe.id } });
      const received = await world.receive(
        id,
        recipe.samples.map(({ body }) => body),
      );
      await world.dispatch([id]);
      const incidents = new Map<string, Set<string | null>>();
      for (const [at, sample] of recipe.samples.entries()) {
        const row = await world.run(getWebhook, { id: received[at] }, 'viewer');
        expect(row.warnings).toEqual([]);
        expect(row.alerts.map(({ kind }) => kind)).toEqual(sample.alerts.map(({ kind }) => kind));
        sample.alerts.forEach(({ incident, skipped }, n) => {
          if (skipped !== undefined) return;
          incidents.set(incident, (incidents.get(incident) ?? new Set()).add(row.alerts[n]?.incidentId ?? null));
        });
      }
      for (const [incident, ids] of incidents) {
        expect([...ids], incident).toHaveLength(1);
        expect(ids.has(null), incident).toBe(false);
      }
      const { after, changed } = await world.backtest(id);
      expect(changed).toBe(0);
      expect(after).toMatchObject(countsOf(recipe));
    },
  );
});

describe('the routes', () => {
  const headers = () => ({
    authorization: `Bearer ${world.environment['HOOKWISE_API_KEY']}`,
    'content-type': 'application/json',
  });
  const post = (query: string, body?: object) =>
    POST(
      new Request(`http://localhost/api/v1/endpoints${query}`, {
        method: 'POST',
        headers: headers(),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      { params: Promise.resolve({}) },
    );
  const ask = (id: string) =>
    GET_ONE(new Request(`http://localhost/api/v1/recipes/${id}`, { headers: headers() }), {
      params: Promise.resolve({ id }),
    });

  it('make an endpoint of a recipe, from no body or with one laid over it', async () => {
    const bare = await post('?recipe=uptime-kuma');
    expect(bare.status).toBe(201);
    expect(await bare.json()).toMatchObject({ name: 'Uptime Kuma', ticketing: { triggerField: '$.heartbeat.status' } });
    const named = await post('?recipe=grafana', { name: 'Grafana of Acme' });
    expect(await named.json()).toMatchObject({ name: 'Grafana of Acme', ticketing: { splitPath: '$.alerts[*]' } });
    const plain = await post('', { name: 'No recipe' });
    expect(await plain.json()).toMatchObject({ ticketing: { splitPath: null } });
  });

  it('answer 422 and the recipes there are for an unknown one', async () => {
    const refused = await post('?recipe=nagios', { name: 'x' });
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    const [fault] = (await refused.json()).errors;
    expect(fault.path).toBe('recipe');
    expect(fault.message).toContain('uptime-kuma, generic-status, regex-routing');
  });

  it('tell the recipes, and 404 for one that is not there', async () => {
    const listed = await GET_ALL(new Request('http://localhost/api/v1/recipes', { headers: headers() }), {
      params: Promise.resolve({}),
    });
    const { items, nextCursor } = await listed.json();
    expect(items).toHaveLength(RECIPES.length);
    expect(nextCursor).toBeNull();
    const one = await ask('alertmanager');
    expect(one.status).toBe(200);
    expect(JSON.stringify((await one.json()).setup)).toContain("- url: 'https://hooks.example.com/webhook/<key>'");
    expect((await ask('nagios')).status).toBe(404);
  });
});
