import ipaddr from 'ipaddr.js';

const INNER_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|invalid|example)$/;

/** Why nobody outside can reach `address` (an http or https URL); null when they can, as far as its name tells. */
export function whyNotPublic(address: string): string | null {
  const { hostname, protocol, host } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return `${address} is no web address.`;
  const bare = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (ipaddr.isValid(bare)) {
    const isPublic = ipaddr.process(bare).range() === 'unicast';
    return isPublic ? null : `${host} is an address of this machine or of an inner network.`;
  }
  if (!bare.includes('.') || INNER_NAMES.test(bare)) return `${host} is a name of this machine or of an inner network.`;
  return null;
}
