import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { aName } from './answer.ts';
import type { ContractWorld } from './contract-world.ts';

type Refusal = { errors?: { path: string; message: string }[] };

/** Contract, "Endpoints": what the resource takes and answers. */
export function endpointCases(world: () => ContractWorld): void {
  const patch = (id: string, body: unknown) => world().api('PATCH', `/endpoints/${id}`, body);

  describe('endpoints', () => {
    it('only a name is required; the answer has id, url and, this once, the token', async () => {
      const name = aName('only a name');
      const made = await world().api('POST', '/endpoints', { name });
      expect(made.status).toBe(201);
      const { id, url, token } = made.body as Record<'id' | 'url' | 'token', string>;
      expect(url).toMatch(new RegExp('/webhook/[A-Za-z0-9_-]{64}$'));
      expect(token.length).toBeGreaterThan(20);
      const read = await world().api('GET', `/endpoints/${id}`);
      expect(read.body).toMatchObject({
        name,
        enabled: true,
        draft: false,
        verification: [{ type: 'bearer' }],
        ticketing: { openValues: ['0'], noteIntervalSeconds: 30 },
      });
      expect(read.text).not.toContain(token);
    });

    it('PATCH merges deeply and replaces arrays', async () => {
      const { id } = await world().endpoint({
        board: 'NOC',
        openValues: ['0', 'down'],
        mapping: { summary: '$.a', priority: '$.b' },
        routingRules: [{ path: '$.a', pattern: 'x', overrides: { board: 'NOC' } }],
      });
      const patched = await patch(id, {
        ticketing: { mapping: { priority: '$.c' }, openValues: ['firing'], priority: 'P1' },
        analysis: { instructions: 'Short.' },
      });
      expect(patched.status).toBe(200);
      expect(patched.body).toMatchObject({
        analysis: { enabled: false, instructions: 'Short.' },
        ticketing: {
          board: 'NOC',
          priority: 'P1',
          mapping: { summary: '$.a', priority: '$.c' },
          openValues: ['firing'],
          closeValues: ['1'],
          routingRules: [{ path: '$.a' }],
          noteIntervalSeconds: 0,
        },
      });
      expect((await patch(id, { ticketing: { routingRules: [], board: null } })).body).toMatchObject({
        ticketing: { routingRules: [], board: null, priority: 'P1' },
      });
      expect((await world().api('GET', `/endpoints/${id}`)).body).toMatchObject({
        ticketing: { openValues: ['firing'], routingRules: [] },
      });
    });

    it.each<[string, Record<string, unknown>]>([
      [
        'ticketing.routingRules.1.pattern',
        {
          ticketing: {
            routingRules: [
              { path: '$.a', pattern: 'ok' },
              { path: '$.a', pattern: '(' },
            ],
          },
        },
      ],
      ['ticketing.routingRules.0.path', { ticketing: { routingRules: [{ path: '$.a[', pattern: 'ok' }] } }],
      [
        'ticketing.routingRules.0.overrides.drop',
        { ticketing: { routingRules: [{ path: '$.a', pattern: 'ok', overrides: { drop: 'false' } }] } },
      ],
      ['ticketing.mapping.summary', { ticketing: { mapping: { summary: '$.a[?(' } } }],
      ['ticketing.splitPath', { ticketing: { splitPath: '$..[' } }],
      ['ticketing.descriptionTemplate', { ticketing: { descriptionTemplate: 'on {$.a[}' } }],
      ['ticketing.noteIntervalSeconds', { ticketing: { noteIntervalSeconds: -1 } }],
      ['ticketing.noteVisibility', { ticketing: { noteVisibility: 'everyone' } }],
      ['maintenance.0', { maintenance: [{ type: 'daily', start: '22:00', end: '22:00' }] }],
      ['maintenance.0', { maintenance: [{ type: 'once', start: '2026-01-01T10:00', end: '2026-01-01T10:00' }] }],
      ['maintenance.0', { maintenance: [{ type: 'once', start: '2026-01-01T10:00', end: '2026-01-01T09:00Z' }] }],
      ['maintenance.0', { maintenance: [{ type: 'daily', start: '22:00', end: '04:00', timezone: 'Mars/Olympus' }] }],
      [
        'maintenance.1',
        {
          maintenance: [
            { type: 'daily', start: '22:00', end: '04:00' },
            { type: 'weekly', days: ['Mon'], start: '25:00', end: '04:00' },
          ],
        },
      ],
      ['verification.0.allow.1', { verification: [{ type: 'ip', allow: ['10.0.0.0/8', '10.0.0.256'] }] }],
      ['heartbeat.timeoutMinutes', { heartbeat: { timeoutMinutes: 0 } }],
      ['colour', { colour: 'red' }],
    ])('a 422 names the place: %s', async (place, more) => {
      const { id } = await world().endpoint();
      for (const refused of [
        await world().api('POST', '/endpoints', { name: aName('refused'), ...more }),
        await patch(id, more),
      ]) {
        expect(refused.status, refused.text).toBe(422);
        expect(refused.headers.get('content-type')).toContain('application/problem+json');
        const places = ((refused.body as Refusal).errors ?? []).map(({ path }) => path);
        expect(places, refused.text).toContain(place);
        expect(refused.text).toContain(place);
      }
    });

    it('past windows, and windows over midnight, are accepted', async () => {
      const { id } = await world().endpoint();
      const maintenance = [
        { type: 'once', start: '2001-01-01T10:00', end: '2001-01-01T11:00', timezone: 'Europe/Berlin' },
        { type: 'once', start: '2001-01-01T10:00:00+02:00', end: '2001-01-01T11:00:00Z' },
        { type: 'daily', start: '22:00', end: '04:00' },
        { type: 'weekly', days: ['Mon', 'Sun'], start: '22:00', end: '04:00', policy: 'hold' },
      ];
      const saved = await patch(id, { maintenance });
      expect([saved.status, (saved.body['maintenance'] as { timezone: string }[])[1]?.timezone]).toEqual([200, 'UTC']);
    });

    it('the delivery id is per endpoint', async () => {
      const [one, other] = await Promise.all([world().endpoint(), world().endpoint()]);
      const body = { monitor: { name: aName('delivered') }, heartbeat: { status: 5 } };
      for (const header of ['Idempotency-Key', 'webhook-id', 'X-GitHub-Delivery']) {
        const sending = { headers: { [header]: aName(header) } };
        const first = await one.post(JSON.stringify(body), sending);
        const again = await one.post(JSON.stringify(body), sending);
        const elsewhere = await other.post(JSON.stringify(body), sending);
        expect([first, again, elsewhere].map(({ status }) => status)).toEqual([202, 202, 202]);
        expect([first, again, elsewhere].map(({ body: answer }) => answer['status'])).toEqual([
          'queued',
          'duplicate',
          'queued',
        ]);
        expect(again.body['request_id']).toBe(first.body['request_id']);
        expect(elsewhere.body['request_id']).not.toBe(first.body['request_id']);
      }
    });

    it('a delivery id that was refused is not remembered', async () => {
      const endpoint = await world().endpoint();
      const sending = { headers: { 'Idempotency-Key': aName('refused first') } };
      expect((await endpoint.post('{"a":1}', { ...sending, authorization: 'Bearer wrong' })).status).toBe(401);
      expect((await endpoint.post('{"a":1}', sending)).body['status']).toBe('queued');
      expect((await endpoint.post('{"a":1}', sending)).body['status']).toBe('duplicate');
    });

    it('testing makes a ticket, but not on a disabled endpoint', async () => {
      const [on, off] = await Promise.all([world().endpoint(), world().endpoint({}, { enabled: false })]);
      const tested = await world().api('POST', `/endpoints/${on.id}/test`, {});
      expect(tested.status).toBe(202);
      expect((await world().settled(String(tested.body['request_id']))).action).toBe('create');
      const refused = await world().api('POST', `/endpoints/${off.id}/test`, {});
      expect(refused.status).toBeGreaterThanOrEqual(400);
      const history = await world().api('GET', `/history?endpoint=${off.id}`);
      expect(history.body['items']).toEqual([]);
      const incidents = await world().api('GET', `/incidents?endpoint=${off.id}`);
      expect(incidents.body['items']).toEqual([]);
    });

    it('dry-run takes a body, and with it a configuration', async (context) => {
      const { id } = await world().endpoint();
      const answer = await world().api('POST', `/endpoints/${id}/dry-run`, { body: { title: 'dry' } });
      if (answer.status === 404 || answer.status === 405)
        return context.skip('POST /endpoints/<id>/dry-run is not there yet: it belongs to issue 4.');
      expect(answer.status).toBe(200);
      const draft = await world().api('POST', `/endpoints/${id}/dry-run`, {
        body: { title: 'dry' },
        config: { ticketing: { summaryPrefix: 'Draft' } },
      });
      expect([draft.status, draft.text.includes('Draft dry')]).toEqual([200, true]);
      expect((await world().api('GET', `/history?endpoint=${id}`)).body['items']).toEqual([]);
    });

    it('a rotated token opens, and so does the old one for a while', async () => {
      const endpoint = await world().endpoint();
      const { token } = (await world().api('POST', `/endpoints/${endpoint.id}/rotate-token`, {})).body as {
        token: string;
      };
      expect((await endpoint.post('{"a":1}', { authorization: `Bearer ${token}` })).status).toBe(202);
      expect((await endpoint.post('{"a":1}')).status).toBe(202);
      const { token: last } = (
        await world().api('POST', `/endpoints/${endpoint.id}/rotate-token`, { overlapSeconds: 0 })
      ).body as { token: string };
      expect((await endpoint.post('{"a":1}', { authorization: `Bearer ${last}` })).status).toBe(202);
      await eventually(
        async () => expect((await endpoint.post('{"a":1}', { authorization: `Bearer ${token}` })).status).toBe(401),
        1_000,
      );
    });
  });
}
