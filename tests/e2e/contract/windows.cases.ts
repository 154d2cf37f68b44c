import { describe, expect, it } from 'vitest';
import { aName } from './answer.ts';
import type { ContractWorld } from './contract-world.ts';

const MINUTE = 60_000;

/** Contract, "Endpoints": windows. The zone is one without daylight saving, so that a case means the same all year. */
export function windowCases(world: () => ContractWorld): void {
  /** Local wall time of a zone at an instant, `YYYY-MM-DDTHH:MM`. */
  const wall = (atMs: number, hours: number) => new Date(atMs + hours * 3_600_000).toISOString().slice(0, 16);
  const clock = (atMs: number, hours = 0) => wall(atMs, hours).slice(11);
  const dayOf = (atMs: number) => ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(atMs).getUTCDay()];

  /** Windows that skip now, and windows that do not, made just before they are used. */
  const windows = (now: number): [string, boolean, Record<string, unknown>][] => [
    [
      'once with an offset',
      true,
      { type: 'once', start: `${wall(now - MINUTE, 5)}:00+05:00`, end: `${wall(now + 9 * MINUTE, 5)}:00+05:00` },
    ],
    ['once in naive UTC', true, { type: 'once', start: wall(now - MINUTE, 0), end: wall(now + 9 * MINUTE, 0) }],
    [
      'once naive in its zone',
      true,
      { type: 'once', start: wall(now - MINUTE, 9), end: wall(now + 9 * MINUTE, 9), timezone: 'Asia/Tokyo' },
    ],
    [
      'once naive in another zone',
      false,
      { type: 'once', start: wall(now - MINUTE, 0), end: wall(now + 9 * MINUTE, 0), timezone: 'Asia/Tokyo' },
    ],
    ['once that ends with this minute', false, { type: 'once', start: wall(now - 9 * MINUTE, 0), end: wall(now, 0) }],
    ['daily in UTC by default', true, { type: 'daily', start: clock(now - MINUTE), end: clock(now + 9 * MINUTE) }],
    [
      'daily in its zone',
      true,
      { type: 'daily', start: clock(now - MINUTE, 9), end: clock(now + 9 * MINUTE, 9), timezone: 'Asia/Tokyo' },
    ],
    ['daily whose end is this minute', false, { type: 'daily', start: clock(now - 9 * MINUTE), end: clock(now) }],
    [
      'weekly over midnight or not, that began yesterday',
      true,
      {
        type: 'weekly',
        days: [dayOf(now - 1439 * MINUTE)],
        start: clock(now + 2 * MINUTE),
        end: clock(now + 1 * MINUTE),
      },
    ],
    [
      'weekly of another day',
      false,
      {
        type: 'weekly',
        days: [dayOf(now + 2 * 1440 * MINUTE)],
        start: clock(now - MINUTE),
        end: clock(now + 9 * MINUTE),
      },
    ],
  ];

  describe('windows', () => {
    it('hold where and when they say, the end minute outside; the row says why it was skipped', async () => {
      const now = Date.now();
      const shown = await Promise.all(
        windows(now).map(async ([what, skips, window]) => {
          const endpoint = await world().endpoint({}, { maintenance: [window] });
          const found = await world().settled(await endpoint.alert(aName(what), 0));
          return { what, skips, status: found.status, said: JSON.stringify([found.message, found.alerts]) };
        }),
      );
      for (const { what, skips, status, said } of shown) {
        expect([what, status]).toEqual([what, skips ? 'skipped' : 'processed']);
        if (skips) expect(said).toMatch(/maintenance|window/);
      }
    });

    it('an edited window holds from the next webhook on', async () => {
      const endpoint = await world().endpoint();
      const name = aName('edited');
      expect((await world().settled(await endpoint.alert(name, 0))).status).toBe('processed');
      const now = Date.now();
      const window = {
        type: 'once',
        start: new Date(now - MINUTE).toISOString(),
        end: new Date(now + MINUTE).toISOString(),
      };
      expect((await world().api('PATCH', `/endpoints/${endpoint.id}`, { maintenance: [window] })).status).toBe(200);
      expect((await world().settled(await endpoint.alert(name, 0))).status).toBe('skipped');
      expect((await world().api('PATCH', `/endpoints/${endpoint.id}`, { maintenance: [] })).status).toBe(200);
      expect((await world().settled(await endpoint.alert(name, 0))).status).toBe('processed');
    });
  });
}
