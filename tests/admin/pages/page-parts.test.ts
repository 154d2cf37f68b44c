import { describe, expect, it } from 'vitest';
import { sumOf, withMessage, type FeedLine } from '../../../admin/components/live/feed-lines.ts';
import { calendarStart, daysFrom } from '../../../admin/components/maintenance/calendar-days.ts';
import { spansOf } from '../../../admin/components/maintenance/day-spans.ts';
import { NOTHING_FOUND, withLine } from '../../../admin/components/history/search-once.ts';
import { spanOf } from '../../../admin/components/history/timings.tsx';
import { readDocument } from '../../../admin/components/reference/read-document.ts';
import type { WebhookView } from '../../../admin/server/history/schemas.ts';
import type { LiveChangeMessage } from '../../../admin/lib/live-client.ts';
import { openApiDocument } from '../../../admin/server/openapi.ts';
import { API_PATHS } from '../../../admin/server/openapi-paths.ts';
import { OTHER_PATHS } from '../../../admin/server/other-paths.ts';

const MONDAY = Date.parse('2026-03-02T00:00:00Z');

describe('the calendar of windows', () => {
  const hoursOf = (window: object, zone: string, from = MONDAY) =>
    spansOf(window, daysFrom(from, 7, zone)).map((spans, day) =>
      spans.map(({ fromMs, toMs }) => {
        const begin = daysFrom(from, 7, zone)[day]?.fromMs ?? 0;
        return [(fromMs - begin) / 3_600_000, (toMs - begin) / 3_600_000];
      }),
    );

  it('shows a window over midnight on both days, in the zone of whoever looks', () => {
    const window = { type: 'weekly', days: ['Sun'], start: '23:00', end: '04:00', timezone: 'Europe/Vienna' };
    const inUtc = hoursOf(window, 'UTC');
    expect([inUtc[0], inUtc[6]]).toEqual([[[0, 3]], [[22, 24]]]);
    expect(inUtc.slice(1, 6).flat()).toEqual([]);
    const inVienna = hoursOf(window, 'Europe/Vienna');
    expect([inVienna[0], inVienna[6]]).toEqual([[[0, 4]], [[23, 24]]]);
    expect(hoursOf(window, 'America/New_York')[6]).toEqual([[17, 22]]);
  });

  it('knows that a day on which the clocks are set forward is an hour shorter', () => {
    const summer = Date.parse('2026-03-23T00:00:00Z');
    const days = daysFrom(summer, 7, 'Europe/Vienna');
    expect(days.map(({ fromMs, toMs }) => (toMs - fromMs) / 3_600_000)).toEqual([24, 24, 24, 24, 24, 24, 23]);
    expect(
      hoursOf({ type: 'daily', start: '04:00', end: '05:00', timezone: 'Europe/Vienna' }, 'Europe/Vienna', summer)[6],
    ).toEqual([[3, 4]]);
  });

  it('shows a window that cannot be read on no day', () => {
    expect(spansOf({ type: 'daily', start: 'soon', end: 'later' }, daysFrom(MONDAY, 2, 'UTC'))).toEqual([[], []]);
  });

  it('begins on the Monday of the day asked for, and on this week’s in the viewer’s zone for what is no day', () => {
    expect(calendarStart('2026-03-08', 0, 'UTC')).toBe(MONDAY);
    expect(calendarStart('2026-03-02', 0, 'Europe/Vienna')).toBe(MONDAY);
    expect(calendarStart('<script>', MONDAY + 5 * 86_400_000, 'UTC')).toBe(MONDAY);
    expect(calendarStart(undefined, MONDAY - 1_800_000, 'Europe/Vienna')).toBe(MONDAY);
    expect(calendarStart(undefined, MONDAY - 1_800_000, 'UTC')).toBe(MONDAY - 7 * 86_400_000);
  });
});

describe('the page of REST', () => {
  const areas = readDocument(openApiDocument('https://console.example.com'));
  const operations = [...areas.values()].flat();

  it('shows every operation that the document has', () => {
    const known = Object.entries({ ...API_PATHS, ...OTHER_PATHS }).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(known.sort());
  });

  it('keeps the areas apart, and knows that some stand outside /api/v1', () => {
    const live = operations.find(({ path }) => path === '/api/live');
    expect(live?.curl).toContain("'https://console.example.com/api/live'");
    expect([...areas.keys()]).toEqual(expect.arrayContaining(['endpoints', 'live', 'health', 'auth']));
  });

  it('gives a curl line with what is needed, and names kinds in words', () => {
    const made = operations.find(({ method, path }) => method === 'POST' && path === '/tenant-mappings');
    expect(made?.curl).toBe(
      [
        `curl -X POST 'https://console.example.com/api/v1/tenant-mappings'`,
        `-H 'Authorization: Bearer <API key>'`,
        `-H 'Content-Type: application/json'`,
        `-d '{ "tenant": "…", "companyId": "…" }'`,
      ].join(' \\\n  '),
    );
    const replay = operations.find(({ path }) => path === '/history/{id}/replay');
    expect(replay?.body?.fields).toContainEqual(
      expect.objectContaining({ name: 'rules', kind: '"recorded" | "today"', isNeeded: false }),
    );
  });
});

describe('the live feed', () => {
  const message = (rows: Record<string, unknown>[]): LiveChangeMessage => ({
    topic: 'alert',
    at: '2026-03-02T10:00:00.000Z',
    endpointId: 'e',
    incidentId: null,
    rows,
    more: 0,
  });

  it('shows a webhook once, as it is now, at the top', () => {
    const first = withMessage([], message([{ requestId: 'a', status: 'received', summary: 'Disk full' }]));
    const second = withMessage(first, message([{ requestId: 'b', status: 'received' }]));
    const third = withMessage(second, message([{ requestId: 'a', status: 'processed', summary: 'Disk full' }]));
    expect(third.map(({ key, status }) => [key, status])).toEqual([
      ['a', 'processed'],
      ['b', 'received'],
    ]);
    expect(third[0]).toMatchObject({ text: 'Disk full', href: '/history/a' });
  });

  it('keeps the newest 200 lines', () => {
    let lines: FeedLine[] = [];
    for (let n = 0; n < 250; n += 1) lines = withMessage(lines, message([{ requestId: String(n) }]));
    expect([lines.length, lines[0]?.key]).toEqual([200, '249']);
  });

  it('adds up what was not told one by one', () => {
    expect(sumOf({ webhook: 3, incident: 2 })).toBe(5);
  });
});

describe('a search through bodies', () => {
  const found = (requestId: string) =>
    ({ kind: 'found', item: { requestId, receivedAt: '2026-03-02T10:00:00.000Z' } as WebhookView }) as const;
  const at = '019cafc0-0000-7000-8000-000000000000';

  it('counts on where it goes on, shows a webhook once, and says whether there is more', () => {
    let search = withLine(NOTHING_FOUND, 0, found('a'));
    search = withLine(search, 0, { kind: 'progress', looked: 2_000, found: 1, at });
    expect(search).toMatchObject({ state: 'running', looked: 2_000, before: at, reachedMs: 0x019cafc00000 });
    search = withLine(search, 2_000, found('a'));
    search = withLine(search, 2_000, found('b'));
    search = withLine(search, 2_000, { kind: 'end', looked: 10, found: 1, stoppedAt: null });
    expect(search).toMatchObject({ state: 'done', looked: 2_010, before: null });
    expect(search.items.map(({ requestId }) => requestId)).toEqual(['a', 'b']);
    expect(withLine(search, 0, { kind: 'end', looked: 5, found: 0, stoppedAt: at })).toMatchObject({
      state: 'stopped',
      before: at,
    });
    expect(withLine(search, 0, { kind: 'problem', detail: 'The log says why.' })).toMatchObject({
      state: 'failed',
      fault: 'The log says why.',
    });
  });
});

describe('spans', () => {
  it('read as people say them', () => {
    expect([0, 42, 1_234, 200_000, 7_260_000].map(spanOf)).toEqual([
      '0 ms',
      '42 ms',
      '1.23 s',
      '3 min 20 s',
      '2 h 1 min',
    ]);
  });
});
