import { describe, expect, it } from 'vitest';
import { applyRecipe } from '../../../admin/components/endpoints/editor/apply-recipe.ts';
import { changesOf } from '../../../admin/components/endpoints/editor/changes-of.ts';
import { savedMeanwhile } from '../../../admin/components/endpoints/editor/saved-meanwhile.ts';
import { announcementsOf, carried } from '../../../admin/components/endpoints/places.ts';
import { EndpointInput } from '../../../admin/server/endpoints/schemas.ts';
import { RECIPES } from '../../../infra/recipes/index.ts';
import { isSame } from '../../../admin/lib/is-same.ts';

const form = (more: object) => EndpointInput.parse({ name: 'Any', ...more });

describe('what the editor sends', () => {
  it('is only what was changed: members one by one, lists whole, a mapping that was emptied as null', () => {
    const saved = form({ ticketing: { board: 'A', mapping: { summary: '$.a', item: '$.i' }, openValues: ['0'] } });
    const { ticketing } = saved;
    expect(changesOf(saved, saved)).toEqual({});
    expect(changesOf(saved, { ...saved, pinned: true })).toEqual({ pinned: true });
    const mapping = { summary: '$.b', item: '' };
    const draft = { ...saved, ticketing: { ...ticketing, openValues: ['0', 'down'], mapping } };
    expect(changesOf(saved, draft)).toEqual({
      ticketing: { openValues: ['0', 'down'], mapping: { summary: '$.b', item: null } },
    });
  });

  it('holds the same whatever the order of names, and not where a list only looks like an object', () => {
    expect(isSame({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
    expect(isSame(['x'], { 0: 'x' })).toBe(false);
    expect(isSame({ a: undefined }, { b: undefined })).toBe(false);
    expect(isSame(null, {})).toBe(false);
  });

  it('was made too late only where the refusal says so', () => {
    expect(savedMeanwhile({ reason: 'version', version: 4, savedBy: 'Ada' })).toEqual({ version: 4, savedBy: 'Ada' });
    expect(savedMeanwhile({ reason: 'identity', total: 1 })).toBeNull();
    expect(savedMeanwhile(undefined)).toBeNull();
  });
});

describe('a recipe laid over the form', () => {
  const defaults = form({}).ticketing;
  it.each(RECIPES.map((recipe) => [recipe.id, recipe] as const))(
    'reads bodies as an endpoint made of it does, whatever stood there before: %s',
    (_, { endpoint }) => {
      const before = form({ ticketing: { splitPath: '$.old[*]', mapping: { item: '$.old' }, board: 'Kept' } });
      const after = applyRecipe(before, { ...endpoint }, { defaults, secret: null });
      const made = form({ ticketing: endpoint.ticketing }).ticketing;
      expect(after).toEqual({ ...before, ticketing: { ...made, board: endpoint.ticketing.board ?? 'Kept' } });
    },
  );

  it('takes the checks of senders over only where that was chosen, with the secret for every signature', () => {
    const before = form({});
    const recipe = { name: 'R', verification: [{ type: 'hmac', header: 'X' }] };
    expect(applyRecipe(before, recipe, { defaults, secret: null })).toMatchObject({
      verification: [{ type: 'bearer' }],
    });
    expect(applyRecipe(before, recipe, { defaults, secret: 's' })).toMatchObject({
      verification: [{ type: 'hmac', header: 'X', secret: 's' }],
    });
  });
});

describe('an endpoint that is carried to another place', () => {
  const items = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: `Endpoint ${id}` }));
  const after = (id: string, over: string) => carried(items, id, over)?.after;

  it('stands behind whom it then follows, or first', () => {
    expect(after('a', 'c')).toBe('c');
    expect(after('d', 'b')).toBe('a');
    expect(after('c', 'a')).toBeNull();
    expect(carried(items, 'd', 'a')?.items.map(({ id }) => id)).toEqual(['d', 'a', 'b', 'c']);
    expect([carried(items, 'b', 'b'), carried(items, 'b', 'gone')]).toEqual([null, null]);
  });

  it('is told with its name and its place', () => {
    const say = announcementsOf(items, { current: -1 });
    expect(say.onDragStart({ active: { id: 'b' } })).toBe('Picked up Endpoint b, place 2 of 4.');
    expect(say.onDragOver({ active: { id: 'b' }, over: { id: 'b' } })).toBeUndefined();
    expect(say.onDragOver({ active: { id: 'b' }, over: { id: 'd' } })).toBe('Endpoint b, place 4 of 4.');
    expect(say.onDragEnd({ active: { id: 'b' }, over: { id: 'd' } })).toBe('Put down Endpoint b, place 4 of 4.');
    expect(say.onDragCancel({ active: { id: 'b' } })).toBe('Endpoint b stays where it was.');
  });
});
