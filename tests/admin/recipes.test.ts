import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { getEndpoint } from '../../admin/server/endpoints/get.ts';
import { API_PATHS } from '../../admin/server/openapi-paths.ts';
import { getRecipe } from '../../admin/server/recipes/get.ts';
import { listRecipes } from '../../admin/server/recipes/list.ts';
import { RecipePage, RecipeView } from '../../admin/server/recipes/schemas.ts';
import { RECIPES } from '../../infra/recipes/index.ts';
import { openEndpointSecrets } from '../../infra/crypto/endpoint-secrets.ts';
import { sha256 } from '../../infra/crypto/cipher.ts';
import { loadEndpointByKeyDigest } from '../../infra/database/config-store.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

const make = (recipe: string, body: object = {}) => world.run(createEndpoint, { body, query: { recipe } });

describe('the recipes over REST', () => {
  it('are listed for everybody who may look, and told whole', async () => {
    const page = RecipePage.parse(await world.run(listRecipes, {}, 'viewer'));
    expect(page.items.map(({ id }) => id)).toEqual(RECIPES.map(({ id }) => id));
    for (const { id } of page.items) {
      const recipe = RecipeView.parse(await world.run(getRecipe, { id }, 'viewer'));
      expect(recipe.setup.url).toBe('https://hooks.example.com/webhook/<key>');
      expect(JSON.stringify(recipe.setup)).toContain('https://hooks.example.com/webhook/<key>');
      expect(JSON.stringify(recipe.setup)).not.toMatch(/\{(url|token|secret)\}/);
    }
    expect((await world.refusal(getRecipe, { id: 'nagios' })).code).toBe('not-found');
  });

  it.each(RECIPES)('$id makes an endpoint from no body at all, named after the recipe', async ({ id, endpoint }) => {
    const made = await make(id);
    expect(made).toMatchObject({ name: endpoint.name, enabled: true, ticketing: endpoint.ticketing, warnings: [] });
    const isSigned = endpoint.verification.some(({ type }) => type === 'hmac');
    expect(made.secret === undefined).toBe(!isSigned);
    expect(made.token === undefined).toBe(isSigned);
    expect((await world.run(getEndpoint, { id: made.id })).secret).toBeUndefined();
  });

  it('keeps the signing secret it answers once, encrypted, where the ingress looks', async () => {
    const made = await make('github', { name: 'Our GitHub' });
    expect(made.verification).toEqual([
      {
        type: 'hmac',
        algorithm: 'sha256',
        header: 'X-Hub-Signature-256',
        encoding: 'hex',
        prefix: 'sha256=',
        secret: '********',
      },
    ]);
    const row = await loadEndpointByKeyDigest(world.context.pool, sha256(made.url.split('/').at(-1) ?? ''), new Date());
    const [hmac] = row?.config.verification ?? [];
    if (!row || hmac?.type !== 'hmac') throw new Error('The endpoint is not found as the ingress finds it.');
    expect(openEndpointSecrets(world.context.cipher, row.id, row.secretsCipher)[hmac.secretId]).toEqual({
      value: made.secret,
    });
    const audited = await world.context.pool.query('select after from audit_entry where entity_id = $1', [made.id]);
    expect(JSON.stringify(audited.rows)).not.toContain(made.secret);
  });

  it('lets the body come first, in HookWise’s spellings too: objects are merged, lists replaced', async () => {
    const made = await make('uptime-kuma', {
      name: 'Kuma at Acme',
      ticketing: { board: 'NOC', mapping: { description: '$.msg' }, open_value: '0, 2' },
      verification: [{ type: 'hmac', secret: 'mine' }],
    });
    expect(made).toMatchObject({
      name: 'Kuma at Acme',
      ticketing: {
        board: 'NOC',
        openValues: ['0', '2'],
        closeValues: ['1'],
        mapping: {
          summary: '$.monitor.name',
          description: '$.msg',
          customer_id: "$.monitor.tags[?(@.name=='CW_ID')].value",
        },
      },
      verification: [{ type: 'hmac', header: 'X-HookWise-Signature' }],
    });
    expect(made.secret).toBeUndefined();
    expect(made.token).toBeUndefined();
  });

  it('refuses what is not there with the names of what is, and bad bodies with their place', async () => {
    const refused = await world.refusal(createEndpoint, { body: {}, query: { recipe: 'nagios' } });
    expect(refused.code).toBe('invalid');
    expect(refused.faults[0]?.path).toBe('recipe');
    for (const { id } of RECIPES) expect(refused.faults[0]?.message).toContain(id);
    const faults = async (body: unknown, query: object) =>
      (await world.refusal(createEndpoint, { body, query })).faults.map(({ path }) => path);
    expect(await faults({ ticketing: { triggerField: '$.a[' } }, { recipe: 'zabbix' })).toEqual([
      'ticketing.triggerField',
    ]);
    expect(await faults({ colour: 'red' }, { recipe: 'zabbix' })).toEqual(['colour']);
    expect(await faults({ name: 'x' }, { recepie: 'zabbix' })).toEqual(['recepie']);
    expect(await faults([], { recipe: 'zabbix' })).toEqual(['']);
    expect((await world.refusal(createEndpoint, { body: {}, query: { recipe: 'zabbix' } }, 'operator')).code).toBe(
      'forbidden',
    );
  });

  it('stand in OpenAPI', () => {
    expect(Object.keys(API_PATHS)).toEqual(expect.arrayContaining(['/recipes', '/recipes/{id}']));
    expect(Object.keys(API_PATHS['/endpoints']?.['post']?.query?.shape ?? {})).toEqual(['recipe']);
  });
});
