import { describe, expect, test } from 'vitest';
import type { Json } from '../../../workflows/contracts/json.ts';
import type { TicketingConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { aBody, anAlert } from './a-plan.ts';

function descriptionOf(body: Json, ticketing: Partial<TicketingConfig> = {}): string {
  return anAlert(body, { ticketing }).ticket.description;
}

describe('default description', () => {
  const body = aBody(
    '{"title":"Disk full","msg":"/var at 98 %","size":1.50,"apiToken":"t0p","author":"me","nested":[{"password":{"a":"hunter2"}}]}',
  );

  test("holds name, message, request id and the masked JSON with the sender's digits", () => {
    const text = descriptionOf(body);
    for (const part of [
      'Disk full',
      '/var at 98 %',
      '0198c0de-0000-7000-8000-000000000001',
      '"size": 1.50',
      '"author": "me"',
      '"apiToken": "********"',
      '"password": "********"',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/t0p|hunter2/);
  });

  test('ends with JSON that can be read', () => {
    expect(JSON.parse(descriptionOf(body).split('Payload:\n')[1] ?? '')).toMatchObject({ author: 'me' });
  });

  test('is cut at 30,000 characters with a word that says so', () => {
    const text = descriptionOf({ title: 'x', rows: Array(9_000).fill('😀😀') });
    expect(text.length).toBeLessThanOrEqual(30_000);
    expect(text.endsWith('(cut)') && text.isWellFormed()).toBe(true);
  });
});

describe('template', () => {
  const expand = (descriptionTemplate: string, body: Json): string => descriptionOf(body, { descriptionTemplate });

  test('variables and paths are filled in', () => {
    expect(
      expand('{{ monitor_name }} | {{ msg }} | {{ request_id }} | {$.host.ip} | {$.n[-1]}', {
        title: 'T',
        msg: 'M',
        host: { ip: '10.0.0.1' },
        n: [1, 2],
      }),
    ).toBe('T | M | 0198c0de-0000-7000-8000-000000000001 | 10.0.0.1 | 2');
  });

  test('what a value brings is not expanded again', () => {
    expect(
      expand('{{ msg }} {$.other}', {
        msg: 'see {$.secretive} {{ monitor_name }}',
        other: '{{ msg }}{$.msg}',
        secretive: 'x',
      }),
    ).toBe('see {$.secretive} {{ monitor_name }} {{ msg }}{$.msg}');
  });

  test("secrets are masked, by the path's own names and inside what it finds", () => {
    expect(
      expand('{$.auth.user} {$.conn} {$..password}', {
        auth: { user: 'u' },
        conn: { pwd: 'p', host: 'h' },
        x: { password: 'p' },
      }),
    ).toBe('******** {"pwd":"********","host":"h"} ********');
  });

  test('a message that is no text, and a missing or null path, do no harm', () => {
    expect(expand('[{{ msg }}] [{$.nope}] [{$.nil}] [{$.flag}]', { msg: { a: 1 }, nil: null, flag: false })).toBe(
      '[{"a":1}] [] [] [false]',
    );
  });

  test('a template that leaves nothing falls back to the default', () => {
    expect(expand('{$.nope}', { title: 'T' })).toContain('Source: T');
  });

  test('a filter by a member named key finds its value', () => {
    expect(
      expand("{$.tags[?(@.key=='host')].value}", {
        tags: [
          { key: 'env', value: 'prod' },
          { key: 'host', value: 'srv1' },
        ],
      }),
    ).toBe('srv1');
  });
});

test('the mapped description wins over the template, keeps its lines and is masked', () => {
  const text = descriptionOf(
    { a: 1, token: 'x' },
    { mapping: { description: 'A: {$.a}\nT: {$.token}' }, descriptionTemplate: 'template' },
  );
  expect(text).toBe('A: 1\nT: ********');
});

test('a mapped description that finds nothing leaves the template', () => {
  expect(descriptionOf({ a: 1 }, { mapping: { description: 'X {$.b}' }, descriptionTemplate: 'template {$.a}' })).toBe(
    'template 1',
  );
});
