import { describe, expect, it } from 'vitest';
import { createEndpointFence } from '../../../activities/tickets/endpoint-fence.ts';

const hangs = () => new Promise<never>(() => undefined);

describe('the fence of an endpoint', () => {
  it('lets only so many of its steps in, in turn, and those of another endpoint at once', async () => {
    const fence = createEndpointFence({ most: 2, slowMs: 5_000 });
    const order: string[] = [];
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const held = gates.map((gate, n) =>
      fence.within('a', async () => {
        order.push(`in ${n}`);
        await gate.promise;
      }),
    );
    const third = fence.within('a', async () => void order.push('in third'));
    await fence.within('b', async () => void order.push('in b'));
    expect(order).toEqual(['in 0', 'in 1', 'in b']);
    gates[0]?.resolve();
    await third;
    expect(order.at(-1)).toBe('in third');
    gates[1]?.resolve();
    await Promise.all(held);
  });

  it('sends away, without effect and with a time to come again, what waits behind steps that hang', async () => {
    const fence = createEndpointFence({ most: 1, slowMs: 20 });
    void fence.within('a', hangs);
    const sent = await fence.within('a', async () => 'in').catch((error: unknown) => error);
    expect(sent).toMatchObject({ code: 'throttled', effect: 'none' });
    expect((sent as { retryAfterMs: number }).retryAfterMs).toBeGreaterThanOrEqual(5_000);
    expect(await fence.within('a', async () => 'in').catch(() => 'at once')).toBe('at once');
    expect(await fence.within('b', async () => 'in')).toBe('in');
  });

  it('keeps in the queue, however long it is, what waits behind steps that come to their end', async () => {
    const fence = createEndpointFence({ most: 2, slowMs: 60 });
    const turn = () => new Promise((resolve) => setTimeout(resolve, 10));
    const all = await Promise.all(Array.from({ length: 40 }, (_, n) => fence.within('a', () => turn().then(() => n))));
    expect(all).toHaveLength(40);
  });

  it('frees the place of a step that failed', async () => {
    const fence = createEndpointFence({ most: 1, slowMs: 20 });
    await expect(fence.within('a', async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await fence.within('a', async () => 'in')).toBe('in');
  });
});
