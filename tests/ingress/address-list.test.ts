import { describe, expect, it } from 'vitest';
import { createAddressMatcher, normalAddress, parseAddressList } from '../../infra/http/address-list.ts';
import { createClientAddresses } from '../../infra/http/client-address.ts';

describe('a list of addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['192.168.1.5', '192.168.1.5', true],
    ['192.168.1.5', '192.168.1.6', false],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['192.168.1.128/25', '192.168.1.127', false],
    ['192.168.1.128/25', '192.168.1.128', true],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['::ffff:10.1.2.3', '10.1.2.3', true],
    ['::ffff:10.0.0.0/104', '10.9.9.9', true],
    ['::ffff:10.0.0.0/104', '11.9.9.9', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['::/0', '10.1.2.3', false],
    ['10.0.0.0/8', 'not an address', false],
    ['10.0.0.0/8', '', false],
  ])('%s holds %s: %s', (entry, address, expected) => {
    expect(createAddressMatcher([entry])(address)).toBe(expected);
  });

  it('names every bad entry by its place and keeps the good ones', () => {
    const { ranges, faults } = parseAddressList([
      '10.0.0.0/8',
      'nonsense',
      '10.0.0.1/8',
      '1.2.3.4/33',
      '1.2.3',
      ' ::1 ',
      '1.2.3.4/',
      '',
    ]);
    expect(ranges).toHaveLength(2);
    expect(faults.map(({ index }) => index)).toEqual([1, 2, 3, 4, 6, 7]);
    for (const { message } of faults) expect(message).not.toBe('');
    expect(() => createAddressMatcher(['nonsense', '10.0.0.0/99'])).toThrow(/nonsense.*10\.0\.0\.0\/99/);
  });

  it('holds nobody when it is empty', () => {
    expect(createAddressMatcher([])('127.0.0.1')).toBe(false);
  });

  it('brings every spelling of an address to one', () => {
    expect(normalAddress('::ffff:127.0.0.1')).toBe('127.0.0.1');
    expect(normalAddress('0:0:0:0:0:0:0:1')).toBe('::1');
    expect(normalAddress('0177.0.0.1')).toBeNull();
  });
});

describe('the address of a sender', () => {
  const seen = (trusted: string[], peer: string, forwardedFor?: string) =>
    createClientAddresses(trusted).addressOf({ peer, forwardedFor, forwardedProto: undefined });

  it.each([
    [[], '9.9.9.9', '1.1.1.1', '9.9.9.9', 'nobody is trusted'],
    [['10.0.0.0/8'], '9.9.9.9', '1.1.1.1', '9.9.9.9', 'the peer is not a trusted proxy'],
    [['10.0.0.0/8'], '10.0.0.1', '1.1.1.1', '1.1.1.1', 'a trusted proxy tells'],
    [['10.0.0.0/8'], '::ffff:10.0.0.1', '1.1.1.1', '1.1.1.1', 'the proxy is seen as mapped'],
    [['10.0.0.0/8'], '10.0.0.1', '6.6.6.6, 1.1.1.1', '1.1.1.1', 'what the sender itself put first is not believed'],
    [['10.0.0.0/8'], '10.0.0.1', '6.6.6.6, 1.1.1.1, 10.0.0.7', '1.1.1.1', 'further trusted hops are passed'],
    [['10.0.0.0/8'], '10.0.0.1', '10.0.0.3,10.0.0.2', '10.0.0.3', 'all are trusted: the farthest'],
    [['10.0.0.0/8'], '10.0.0.1', 'garbage, 10.0.0.2', '10.0.0.2', 'reading stops where it makes no sense'],
    [['10.0.0.0/8'], '10.0.0.1', '', '10.0.0.1', 'the header is empty'],
    [['10.0.0.0/8'], '10.0.0.1', '1.1.1.1:5123', '1.1.1.1', 'a port is cut'],
    [['10.0.0.0/8'], '10.0.0.1', '[2001:db8::1]:443', '2001:db8::1', 'an IPv6 port is cut'],
  ])('%j, peer %s, "%s": %s (%s)', (trusted, peer, forwardedFor, expected) => {
    expect(seen(trusted, peer, forwardedFor)).toBe(expected);
  });

  it('believes https only from a trusted proxy', () => {
    const clients = createClientAddresses(['10.0.0.0/8']);
    const ask = (peer: string, forwardedProto: string | undefined) =>
      clients.isHttps({ peer, forwardedFor: undefined, forwardedProto });
    expect(ask('10.0.0.1', 'https')).toBe(true);
    expect(ask('10.0.0.1', 'HTTPS, http')).toBe(true);
    expect(ask('10.0.0.1', 'http')).toBe(false);
    expect(ask('10.0.0.1', undefined)).toBe(false);
    expect(ask('9.9.9.9', 'https')).toBe(false);
  });
});
