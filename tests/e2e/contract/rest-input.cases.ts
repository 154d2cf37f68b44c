import { describe, expect, it } from 'vitest';
import { API_KEY } from '../../support/running-stack.ts';
import { answerOf, aName } from './answer.ts';
import type { ContractWorld } from './contract-world.ts';

const NOBODY = '01890000-0000-7000-8000-000000000000';

const cursor = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** Bad input at the REST API: problem+json with the right status, never a 500. */
export function restInputCases(world: () => ContractWorld): void {
  const ask = async (method: string, path: string, body?: string | Uint8Array, headers: Record<string, string> = {}) =>
    answerOf(
      await fetch(`${world().stack.adminOrigin}/api/v1${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${API_KEY}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      }),
    );
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;

  describe('REST', () => {
    it.each([
      ['GET', '/history?q=%00', 422],
      ['GET', '/history?q=%ED%A0%80', 200],
      ['GET', '/history?ticket=%00', 422],
      ['GET', '/history?source=%00', 422],
      ['GET', '/incidents?q=%00', 422],
      ['GET', '/incidents?ticket=%00', 422],
      ['GET', '/tickets?q=%00', 422],
      ['GET', '/endpoints?q=%00', 422],
      ['GET', '/history?q=%25_%5C%27', 200],
      ['GET', '/history?limit=abc', 422],
      ['GET', '/history?limit=0', 422],
      ['GET', '/history?cursor=bogus', 422],
      ['GET', '/endpoints?cursor=W10', 422],
      ['GET', '/incidents?cursor=bogus', 422],
      ['GET', '/tickets?cursor=bogus', 422],
      ['GET', '/tenant-mappings?cursor=bogus', 422],
      ['GET', `/endpoints?cursor=${cursor('a', 'b', 'c', 'd')}`, 422],
      ['GET', `/endpoints?cursor=${cursor('1', '1', '2026-01-01', 'd')}`, 422],
      ['GET', `/incidents?cursor=${cursor('a', 'b')}`, 422],
      ['GET', `/incidents?cursor=${cursor('\u0000', NOBODY)}`, 422],
      ['GET', `/tenant-mappings?cursor=${cursor('\u0000')}`, 422],
      ['GET', `/maintenance-windows?cursor=${cursor('a')}`, 422],
      ['GET', '/history?toString=1', 422],
      ['GET', '/history?endpoint=no-id', 422],
      ['GET', '/history?from=never', 422],
      ['GET', '/history?from=-271821-04-20T00:00:00Z', 422],
      ['GET', '/history?colour=red', 422],
      ['GET', '/history?status=failed&status=skipped', 422],
      ['GET', '/history/no-id', 404],
      ['GET', `/history/${NOBODY}`, 404],
      ['GET', '/history/%00', 404],
      ['GET', '/endpoints/no-id', 404],
      ['GET', '/tickets/no-id', 404],
      ['GET', '/tickets/99999999999999999999999999', 404],
      ['GET', `/incidents/${NOBODY}`, 404],
      ['GET', '/nothing-like-it', 404],
    ])('%s %s is answered %i', async (method, path, status) => {
      const answer = await ask(method, path);
      expect([path, answer.status, answer.text.slice(0, 200)]).toEqual([path, status, answer.text.slice(0, 200)]);
      if (status >= 400) expect(answer.headers.get('content-type')).toContain('application/problem+json');
    });

    it.each<[string, string | Uint8Array, number]>([
      ['no JSON', '{"name":', 422],
      ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 422],
      ['a list', '[]', 422],
      ['a text', '"x"', 422],
      ['null', 'null', 422],
      ['NUL in a name', '{"name":"a\\u0000b"}', 422],
      ['a lone surrogate', '{"name":"a\\ud800b"}', 422],
      ['a deep unknown field', `{"name":"x","colour":${deep}}`, 422],
      ['a deep known field', `{"name":"x","ticketing":{"mapping":{"summary":${deep}}}}`, 422],
      ['deep objects', `{"name":"x","ticketing":${'{"ticketing":'.repeat(5_000)}1${'}'.repeat(5_000)}}`, 422],
      ['__proto__', '{"name":"x","__proto__":{"enabled":false}}', 422],
      ['constructor', '{"name":"x","constructor":{"prototype":{}}}', 422],
      ['a huge pattern', `{"name":"x","ticketing":{"routingRules":[{"path":"$.a","pattern":"(a{1000}){1000}"}]}}`, 422],
      ['far too large', `{"name":"${'x'.repeat(5_000_000)}"}`, 413],
    ])('an endpoint made of %s is refused', async (_, body, status) => {
      const answer = await ask('POST', '/endpoints', body);
      expect([answer.status, answer.text.slice(0, 300)]).toEqual([status, answer.text.slice(0, 300)]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const { id } = await world().endpoint();
      const patched = await ask('PATCH', `/endpoints/${id}`, body);
      expect([patched.status, patched.text.slice(0, 300)]).toEqual([status, patched.text.slice(0, 300)]);
    });

    it('a body that is no application/json is refused', async () => {
      expect(
        (await ask('POST', '/endpoints', `{"name":"${aName('typed')}"}`, { 'Content-Type': 'text/plain' })).status,
      ).toBe(415);
    });

    it('without a good key nothing is told', async () => {
      for (const path of ['/endpoints', '/history', '/incidents', '/tickets', '/settings', `/history/${NOBODY}`])
        expect([path, (await ask('GET', path, undefined, { Authorization: 'Bearer wrong' })).status]).toEqual([
          path,
          401,
        ]);
    });

    it('no polluted prototype is left behind', async () => {
      const made = await world().api('POST', '/endpoints', { name: aName('clean') });
      expect([made.status, made.body['enabled'], 'polluted' in made.body]).toEqual([201, true, false]);
    });
  });
}
