import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFront } from '../../../admin/server/front/front.ts';
import { readConfig } from '../../../infra/config/index.ts';
import { aBrowser, call } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';

let served: ServedAccess;
beforeAll(async () => {
  served = await serveAccess({ GUI_TRUSTED_IPS: '198.51.100.0/24, 2001:db8::7' });
}, 120_000);
afterAll(() => served?.close());

const from = (address: string, path: string, headers = {}) =>
  call(served, 'GET', path, undefined, { 'x-forwarded-for': address, ...headers });

describe('GUI_TRUSTED_IPS', () => {
  it('opens the console to the addresses it names and to no other, whatever these carry', async () => {
    const key = { authorization: `Bearer ${served.world.environment['HOOKWISE_API_KEY']}` };
    for (const [address, status] of [
      ['198.51.100.9', 200],
      ['2001:db8::7', 200],
      ['198.51.101.9', 403],
      ['2001:db8::8', 403],
      ['127.0.0.1', 403],
    ] as const)
      expect([address, (await from(address, '/api/v1/endpoints', key)).status]).toEqual([address, status]);
    expect((await from('203.0.113.1', '/api/v1/endpoints', key)).json).toMatchObject({
      detail: 'This address may not open the console.',
    });
  });

  it('keeps others from signing in, and from going on with a session that was begun inside', async () => {
    const inside = aBrowser(served, '198.51.100.20');
    expect((await inside.signIn('first@example.com', 'first password')).status).toBe(200);
    expect((await inside.ask('GET', '/api/v1/endpoints')).status).toBe(200);
    const outside = { 'x-forwarded-for': '203.0.113.1' };
    expect((await inside.ask('GET', '/api/v1/endpoints', undefined, outside)).status).toBe(403);
    expect((await aBrowser(served, '203.0.113.1').signIn('first@example.com', 'first password')).status).toBe(403);
  });

  it('believes the address in X-Forwarded-For only of proxies it knows: the last one that is none of them counts', async () => {
    expect((await from('198.51.100.9, 203.0.113.1', '/health/services')).status).toBe(403);
    expect((await from('203.0.113.1, 198.51.100.9', '/health/services')).status).toBe(401);
  });

  it('leaves the two health routes of probes open, and those alone', async () => {
    expect((await from('203.0.113.1', '/health/live')).status).toBe(200);
    expect((await from('203.0.113.1', '/health/ready')).status).toBe(200);
    expect((await from('203.0.113.1', '/health/services')).status).toBe(403);
  });

  it('stops the console at its start where an entry is no address, and says which', () => {
    const config = readConfig({ ...served.world.environment, GUI_TRUSTED_IPS: '10.0.0.0/8, the office' });
    expect(() => createFront(config)).toThrow('"the office" is neither an address nor a CIDR.');
  });
});
