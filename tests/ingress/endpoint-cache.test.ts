import { describe, expect, it } from 'vitest';
import { createEndpointCache, ENDPOINT_CACHE_LIMITS, type FoundEndpoint } from '../../ingress/endpoint-cache.ts';

const KEY = 'k'.repeat(64);
const found = (id: string, until: number | null = null): FoundEndpoint => ({
  endpoint: { id, shard: 0, enabled: true, verifiers: [] },
  until,
});

function aCache(load: (calls: number) => Promise<FoundEndpoint | null>, limits = {}) {
  const world = { calls: 0, now: 0 };
  const cache = createEndpointCache({
    load: () => load(++world.calls),
    overloaded: () => new Error('overloaded'),
    now: () => world.now,
    limits: { ...ENDPOINT_CACHE_LIMITS, ...limits },
  });
  return { cache, world };
}

describe('the endpoint cache', () => {
  it('looks an endpoint up once, for those who ask together and those who ask later', async () => {
    const { cache, world } = aCache(async () => found('a'));
    const asked = await Promise.all([cache.find(KEY), cache.find(KEY), cache.find(KEY)]);
    expect([...asked, await cache.find(KEY)].map((endpoint) => endpoint?.id)).toEqual(['a', 'a', 'a', 'a']);
    expect(world.calls).toBe(1);
  });

  it('forgets everything when told', async () => {
    const { cache } = aCache(async (calls) => found(`v${calls}`));
    expect((await cache.find(KEY))?.id).toBe('v1');
    cache.clear();
    expect((await cache.find(KEY))?.id).toBe('v2');
  });

  it('does not keep what was looked up before it was told to forget', async () => {
    let answer = () => undefined as void;
    const { cache, world } = aCache((calls) =>
      calls === 1
        ? new Promise((resolve) => (answer = () => resolve(found('stale'))))
        : Promise.resolve(found('fresh')),
    );
    const early = cache.find(KEY);
    cache.clear();
    const late = cache.find(KEY);
    answer();
    await early;
    expect((await late)?.id).toBe('fresh');
    expect((await cache.find(KEY))?.id).toBe('fresh');
    expect(world.calls).toBe(2);
  });

  it('remembers an unknown key for a moment only', async () => {
    const { cache, world } = aCache(async () => null);
    await cache.find(KEY);
    await cache.find(KEY);
    expect(world.calls).toBe(1);
    world.now = ENDPOINT_CACHE_LIMITS.unknownMs;
    await cache.find(KEY);
    expect(world.calls).toBe(2);
  });

  it('looks again before a refusal, unless it has just looked', async () => {
    const { cache, world } = aCache(async (calls) => found(`v${calls}`));
    await cache.find(KEY);
    world.now = ENDPOINT_CACHE_LIMITS.againMs - 1;
    expect((await cache.findAgain(KEY))?.id).toBe('v1');
    world.now = ENDPOINT_CACHE_LIMITS.againMs;
    expect((await cache.findAgain(KEY))?.id).toBe('v2');
    expect((await cache.find(KEY))?.id).toBe('v2');
  });

  it('an old key opens until it ends', async () => {
    const { cache, world } = aCache(async (calls) => (calls === 1 ? found('a', 1_000) : null));
    world.now = 999;
    expect((await cache.find(KEY))?.id).toBe('a');
    world.now = 1_000;
    expect(await cache.find(KEY)).toBeNull();
  });

  it('asks nobody for what cannot be a key', async () => {
    const { cache, world } = aCache(async () => found('a'));
    for (const key of ['', 'short', 'x'.repeat(200), `${'x'.repeat(63)}/`, '%00'.repeat(20)])
      expect(await cache.find(key)).toBeNull();
    expect(world.calls).toBe(0);
  });

  it('stays bounded under a flood of unknown keys, which does not drive out those in use', async () => {
    const { cache, world } = aCache(async (calls) => (calls === 1 ? found('used') : null), { entries: 50 });
    await cache.find(KEY);
    for (let n = 0; n < 500; n++) await cache.find(`unknown-${String(n).padStart(20, '0')}`);
    const calls = world.calls;
    expect((await cache.find(KEY))?.id).toBe('used');
    expect(world.calls).toBe(calls);
  });

  it('a look-up that fails is not kept, and too many at once are refused', async () => {
    const { cache } = aCache(async (calls) => (calls === 1 ? Promise.reject(new Error('away')) : found('a')), {
      lookups: 1,
    });
    const failing = cache.find(KEY);
    await expect(cache.find('z'.repeat(64))).rejects.toThrow('overloaded');
    await expect(failing).rejects.toThrow('away');
    expect((await cache.find(KEY))?.id).toBe('a');
  });
});
