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

    it('dry-run takes a body, and with it a configuration; it says what would be done and does nothing', async () => {
      const endpoint = await world().endpoint({ mapping: { summary: '$.title' } });
      const dryRun = (body: unknown) => world().api('POST', `/endpoints/${endpoint.id}/dry-run`, body);
      const name = aName('dry');
      const body = { title: name, heartbeat: { status: 0 }, number: 1 };
      const planned = await dryRun({ body });
      expect(planned.status).toBe(200);
      expect(planned.body).toMatchObject({
        isDraft: false,
        failure: null,
        alerts: [{ kind: 'open', disposition: 'incident', ticket: { summary: name } }],
        effects: [{ action: 'create', ticketId: null }],
        trace: { alerts: [{ mapping: [{ field: 'summary', paths: [{ path: '$.title', value: name }] }] }] },
      });
      const draft = await dryRun({ body, config: { ticketing: { summaryPrefix: 'Draft' } } });
      expect([draft.status, draft.text.includes(`Draft ${name}`)]).toEqual([200, true]);
      const bad = await dryRun({ body, config: { ticketing: { triggerField: '$[' } } });
      expect([bad.status, bad.text.includes('ticketing.triggerField')]).toEqual([422, true]);
      expect((await dryRun({ body: {} })).status).toBe(422);
      expect((await world().api('GET', `/history?endpoint=${endpoint.id}`)).body['items']).toEqual([]);

      const live = await world().settled(await endpoint.send(body));
      expect([live.action, live.alerts[0]?.plan?.ticket.summary]).toEqual(['create', name]);
      const again = await dryRun({ webhookId: live.requestId });
      expect(again.body).toMatchObject({ effects: [{ action: 'note', ticketId: live.ticketId }] });
      const closing = await dryRun({ body: { ...body, heartbeat: { status: 1 } } });
      expect(closing.body).toMatchObject({ effects: [{ action: 'close', ticketId: live.ticketId }] });
      const history = await world().api('GET', `/history?endpoint=${endpoint.id}`);
      expect(history.body['items']).toHaveLength(1);
    });

    it('a change that would move an open incident names it first, and earlier versions can be had back', async () => {
      const endpoint = await world().endpoint();
      const name = aName('moved');
      const opened = await world().settled(await endpoint.alert(name, 0));
      const change = { ticketing: { summaryPrefix: 'Moved' } };
      const refused = await patch(endpoint.id, change);
      expect([refused.status, refused.text.includes(name)]).toEqual([409, true]);
      expect(refused.body).toMatchObject({ total: 1, incidents: [{ ticketId: opened.ticketId }] });
      const confirmed = await world().api('PATCH', `/endpoints/${endpoint.id}?confirm=identity`, change);
      expect([confirmed.status, confirmed.body['version']]).toEqual([200, 2]);
      const versions = await world().api('GET', `/endpoints/${endpoint.id}/versions`);
      expect(versions.body['items']).toMatchObject([{ version: 2, isCurrent: true }, { version: 1 }]);
      const diff = await world().api('GET', `/endpoints/${endpoint.id}/versions/1/diff/2`);
      expect(diff.body['changes']).toEqual([{ path: 'ticketing.summaryPrefix', before: null, after: 'Moved' }]);
      const restored = await world().api('POST', `/endpoints/${endpoint.id}/versions/1/restore`);
      expect([restored.status, restored.body['version']]).toEqual([200, 3]);
      const closed = await world().settled(await endpoint.alert(name, 1));
      expect([closed.action, closed.ticketId]).toEqual(['close', opened.ticketId]);
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
