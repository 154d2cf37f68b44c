import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEndpointFence } from '../../../activities/tickets/endpoint-fence.ts';
import { resting } from '../../../activities/tickets/step-clock.ts';
import { eventually } from '../../support/eventually.ts';

afterEach(() => void vi.useRealTimers());

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

  it('has those whom it sends away come again no faster than places come free, and within minutes', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const fence = createEndpointFence({ most: 2, slowMs: 400 });
    for (let n = 0; n < 2; n += 1) void fence.within('a', hangs);
    vi.advanceTimersByTime(400);
    const away = () =>
      fence.within('a', async () => 'in').catch((error: { retryAfterMs: number }) => error.retryAfterMs);
    const times: number[] = [];
    while (times.length < 3_000) times.push(Number(await away()));
    const near = times.slice(0, 200);
    expect(near.every((time, n) => n === 0 || time >= (near[n - 1] ?? 0) + 199.9)).toBe(true);
    expect(Math.max(...times)).toBeLessThanOrEqual(300_000);
    expect(times.filter((time) => time > 150_000).length).toBeGreaterThan(1_500);
  });

  it('lets only a few try while its steps hang for long, and all again once one of them comes to its end', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const fence = createEndpointFence({ most: 16, slowMs: 40 });
    const inside: PromiseWithResolvers<void>[] = [];
    const enter = () =>
      fence.within('a', () => {
        const step = Promise.withResolvers<void>();
        inside.push(step);
        return step.promise;
      });
    const isIn = async () => {
      const before = inside.length;
      enter().catch(() => undefined);
      await Promise.resolve();
      return inside.length > before;
    };
    for (let n = 0; n < 16; n += 1) void enter();
    await eventually(() => inside.length === 16);
    vi.advanceTimersByTime(200);
    expect([await isIn(), fence.refusal('b')]).toEqual([false, null]);
    for (const step of inside.slice(0, 15)) step.resolve();
    await eventually(() => fence.refusal('a') === null);
    expect([await isIn(), await isIn()]).toEqual([true, false]);
    expect(fence.refusal('a')).toMatchObject({ code: 'throttled', effect: 'none' });
    inside.at(-1)?.resolve();
    await eventually(() => fence.refusal('a') === null);
    for (let n = 0; n < 15; n += 1) expect(await isIn()).toBe(true);
    for (const step of inside) step.resolve();
  });

  it('does not take steps for slow that wait for their turn to call, however long; what they do then counts', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const fence = createEndpointFence({ most: 2, slowMs: 40 });
    const turns = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let waiting = 0;
    let working = 0;
    const wait = (turn: PromiseWithResolvers<void>) => () => {
      waiting += 1;
      return turn.promise;
    };
    for (const turn of turns)
      void fence.within('a', async () => {
        await Promise.all([resting(wait(turn)), resting(wait(turn))]);
        working += 1;
        await hangs();
      });
    await eventually(() => waiting === 4);
    vi.advanceTimersByTime(60_000);
    expect(fence.refusal('a')).toBeNull();
    for (const turn of turns) turn.resolve();
    await eventually(() => working === 2);
    vi.advanceTimersByTime(39);
    expect(fence.refusal('a')).toBeNull();
    vi.advanceTimersByTime(1);
    expect(fence.refusal('a')).toMatchObject({ code: 'throttled', effect: 'none' });
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
