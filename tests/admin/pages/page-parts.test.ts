import { describe, expect, it } from 'vitest';
import { sumOf, withMessage, type FeedLine } from '../../../admin/components/live/feed-lines.ts';
import { calendarStart } from '../../../admin/components/maintenance/calendar-start.ts';
import { spansOf } from '../../../admin/components/maintenance/week-spans.ts';
import { readDocument } from '../../../admin/components/reference/read-document.ts';
import type { LiveChangeMessage } from '../../../admin/lib/live-client.ts';
import { openApiDocument } from '../../../admin/server/openapi.ts';
import { API_PATHS } from '../../../admin/server/openapi-paths.ts';
import { OTHER_PATHS } from '../../../admin/server/other-paths.ts';

const MONDAY = Date.parse('2026-03-02T00:00:00Z');

describe('the calendar of windows', () => {
  it('shows a window over midnight on both days, in UTC', () => {
    const window = { type: 'weekly', days: ['Sun'], start: '23:00', end: '04:00', timezone: 'Europe/Vienna' };
    const days = spansOf(window, MONDAY, 7);
    expect(days[0]).toEqual([{ from: 0, to: 3 / 24 }]);
    expect(days[6]).toEqual([{ from: 22 / 24, to: 1 }]);
    expect(days.slice(1, 6).flat()).toEqual([]);
  });

  it('shows a window that cannot be read on no day', () => {
    expect(spansOf({ type: 'daily', start: 'soon', end: 'later' }, MONDAY, 2)).toEqual([[], []]);
  });

  it('begins on the Monday of the day asked for, and on this week’s for what is no day', () => {
    expect(calendarStart('2026-03-08', 0)).toBe(MONDAY);
    expect(calendarStart('2026-03-02', 0)).toBe(MONDAY);
    expect(calendarStart('<script>', MONDAY + 5 * 86_400_000)).toBe(MONDAY);
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
