import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import type { Answer } from './answer.ts';
import type { ContractWorld } from './contract-world.ts';
import type { Sending, TestEndpoint } from './test-endpoint.ts';

const BODY = JSON.stringify({ monitor: { name: 'order' }, heartbeat: { status: 5 }, msg: 'order' });
const SECRET = 'contract-secret';
const signed = (body: string) => ({ 'X-HookWise-Signature': createHmac('sha256', SECRET).update(body).digest('hex') });

/** Contract, "Order of checks". */
export function orderCases(world: () => ContractWorld): void {
  const refusal = (answer: Answer) => [answer.status, answer.body['status'], answer.body['message']];

  describe('order of checks', () => {
    it('enabled comes before everything else', async () => {
      const endpoint = await world().endpoint({}, { enabled: false });
      for (const sending of [{}, { authorization: null }, { contentType: null }] satisfies Sending[])
        expect(refusal(await endpoint.post('no json', sending))).toEqual([403, 'error', 'Endpoint is disabled']);
    });

    it('bearer, then HMAC, then IP, then content type, then body, whatever order they were configured in', async () => {
      const [{ id, token, post }, elsewhere] = await Promise.all([
        world().endpoint(
          {},
          {
            verification: [
              { type: 'ip', allow: ['127.0.0.0/8'] },
              { type: 'hmac', secret: SECRET },
              { type: 'bearer' },
            ],
          },
        ),
        world().endpoint(
          {},
          {
            verification: [
              { type: 'ip', allow: ['192.0.2.0/24'] },
              { type: 'hmac', secret: SECRET },
              { type: 'bearer' },
            ],
          },
        ),
      ]);
      expect([id, token].every(Boolean)).toBe(true);
      const wrongType: Sending = { contentType: 'text/plain' };
      const all: [string, Sending, TestEndpoint['post'], [number, string]][] = [
        ['nonsense', { ...wrongType, authorization: null }, elsewhere.post, [401, 'Missing Bearer Token']],
        ['nonsense', { ...wrongType, authorization: 'Bearer wrong' }, elsewhere.post, [401, 'Invalid Bearer Token']],
        ['nonsense', wrongType, elsewhere.post, [401, 'Missing HMAC Signature']],
        [
          'nonsense',
          { ...wrongType, headers: signed('another body') },
          elsewhere.post,
          [401, 'Invalid HMAC Signature'],
        ],
        ['nonsense', { ...wrongType, headers: signed('nonsense') }, elsewhere.post, [403, 'IP 127.0.0.1 not allowed']],
        [
          'nonsense',
          { ...wrongType, headers: signed('nonsense') },
          post,
          [415, 'Content-Type must be application/json'],
        ],
        ['nonsense', { headers: signed('nonsense') }, post, [400, 'Invalid JSON']],
      ];
      for (const [body, sending, to, expected] of all)
        expect(refusal(await to(body, sending))).toEqual([expected[0], 'error', expected[1]]);
      expect((await post(BODY, { headers: signed(BODY) })).status).toBe(202);
    });

    it('a large body at an endpoint that does not know the sender is still told to show a token', async () => {
      const endpoint = await world().endpoint();
      const answer = await endpoint.post(`{"a":"${'x'.repeat(1_100_000)}"}`, { authorization: 'Bearer wrong' });
      expect(refusal(answer)).toEqual([401, 'error', 'Invalid Bearer Token']);
    });

    it.each([
      ['bearer TOKEN', 'Missing Bearer Token'],
      ['BEARER TOKEN', 'Missing Bearer Token'],
      ['Basic TOKEN', 'Missing Bearer Token'],
      ['BearerTOKEN', 'Missing Bearer Token'],
      ['TOKEN', 'Missing Bearer Token'],
      ['Bearer  TOKEN', 'Invalid Bearer Token'],
      ['Bearer TOKEN more', 'Invalid Bearer Token'],
      ['Bearer TOKEN,', 'Invalid Bearer Token'],
      ['Bearer TOKENé', 'Invalid Bearer Token'],
      ['Bearer é', 'Invalid Bearer Token'],
    ])('the scheme is exactly "Bearer ": %s', async (authorization, message) => {
      const endpoint = await world().endpoint();
      const answer = await endpoint.post(BODY, { authorization: authorization.replace('TOKEN', endpoint.token) });
      expect(refusal(answer)).toEqual([401, 'error', message]);
    });

    it.each([
      'application/json',
      'application/json; charset=utf-8',
      'Application/JSON',
      'application/cloudevents+json',
      'application/problem+json;v=1',
    ])('the content type %s is accepted', async (contentType) => {
      const endpoint = await world().endpoint();
      expect((await endpoint.post(BODY, { contentType })).status).toBe(202);
    });

    it.each([
      null,
      'text/plain',
      'text/json',
      'application/xml',
      'application/jsonx',
      'application/x-www-form-urlencoded',
    ])('the content type %s is answered 415', async (contentType) => {
      const endpoint = await world().endpoint();
      expect((await endpoint.post(BODY, { contentType })).status).toBe(415);
    });

    it('empty values are no JSON payload', async () => {
      const endpoint = await world().endpoint();
      for (const body of ['{}', '[]', 'null', '0', 'false', '""', ' {} ', '\n[ ]'])
        expect([body, ...refusal(await endpoint.post(body))]).toEqual([body, 400, 'error', 'No JSON payload']);
    });

    it('the address may be written /w/ as well', async () => {
      const { url, token } = await world().endpoint();
      const answer = await fetch(url.replace('/webhook/', '/w/'), {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: BODY,
      });
      expect(answer.status).toBe(202);
    });

    it('an unknown key is answered 404', async () => {
      const { url, token } = await world().endpoint();
      const answer = await fetch(`${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: BODY,
      });
      expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
        404,
        'Endpoint not found',
      ]);
    });

    it('a refusal at a known endpoint is in history within 5 s, failed, with its message and the masked body', async () => {
      const endpoint = await world().endpoint(
        {},
        { verification: [{ type: 'bearer' }, { type: 'hmac', secret: SECRET }] },
      );
      const body = JSON.stringify({ apiToken: 'hidden-1', author: 'seen', nested: { password: 'hidden-2' } });
      const cases: [Answer, string][] = [
        [await endpoint.post(body, { authorization: null }), 'Missing Bearer Token'],
        [await endpoint.post(body, { authorization: 'Bearer x' }), 'Invalid Bearer Token'],
        [await endpoint.post(body), 'Missing HMAC Signature'],
        [await endpoint.post(body, { headers: { 'X-HookWise-Signature': 'ab' } }), 'Invalid HMAC Signature'],
        [
          await endpoint.post(body, { headers: signed(body), contentType: 'text/plain' }),
          'Content-Type must be application/json',
        ],
        [await endpoint.post('{}', { headers: signed('{}') }), 'No JSON payload'],
      ];
      for (const [answer, message] of cases) {
        expect(answer.body['message']).toBe(message);
        const shown = await eventually(async () => {
          const found = await world().history(String(answer.body['request_id']));
          expect(found.status).toBe('failed');
          return found;
        }, 5_000);
        expect([shown.error, shown.action]).toEqual([message, 'none']);
        expect(JSON.stringify(shown)).not.toContain('hidden-');
        if (message !== 'No JSON payload')
          expect(shown.body).toEqual({ apiToken: '********', author: 'seen', nested: { password: '********' } });
      }
    });
  });
}
