import ipaddr from 'ipaddr.js';
import {
  hasHostBits,
  isInRanges,
  unmapAddress,
  unmapRange,
  type AddressBytes,
  type AddressRange,
} from '../../workflows/domain/address-list.ts';

export interface AddressFault {
  /** Place in the list as given, from 0. */
  index: number;
  message: string;
}

export interface AddressList {
  ranges: AddressRange[];
  /** One for each entry that is neither an address nor a CIDR; such an entry is in no range. */
  faults: AddressFault[];
}

/** Reads addresses and CIDRs, IPv4, IPv6 and IPv4-mapped. Never throws: what cannot be read is a fault that names the entry. */
export function parseAddressList(entries: readonly string[]): AddressList {
  const list: AddressList = { ranges: [], faults: [] };
  entries.forEach((entry, index) => {
    const range = parseRange(entry.trim());
    if (typeof range === 'string') list.faults.push({ index, message: range });
    else list.ranges.push(range);
  });
  return list;
}

/** A test of addresses against a list. Throws with all faults of the list; an address that cannot be read is in no list. */
export function createAddressMatcher(entries: readonly string[]): (address: string) => boolean {
  const { ranges, faults } = parseAddressList(entries);
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join(' '));
  return (address) => {
    const bytes = parseAddress(address);
    return bytes !== null && isInRanges(bytes, ranges);
  };
}

/** One plain text for each address: IPv4-mapped becomes IPv4, IPv6 is compressed, a zone is cut. null for no address. */
export function normalAddress(text: string): string | null {
  const bytes = parseAddress(text);
  return bytes === null ? null : ipaddr.fromByteArray([...bytes]).toString();
}

function parseAddress(text: string): AddressBytes | null {
  const bare = text.split('%', 1)[0] ?? '';
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare).toByteArray();
  return ipaddr.IPv6.isValid(bare) ? unmapAddress(ipaddr.IPv6.parse(bare).toByteArray()) : null;
}

function parseRange(entry: string): AddressRange | string {
  const slash = entry.indexOf('/');
  const address = slash < 0 ? entry : entry.slice(0, slash);
  const isIPv4 = ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isIPv4 && !ipaddr.IPv6.isValid(address)) return `"${entry}" is neither an address nor a CIDR.`;
  const base = isIPv4 ? ipaddr.IPv4.parse(address).toByteArray() : ipaddr.IPv6.parse(address).toByteArray();
  const all = base.length * 8;
  const prefix = slash < 0 ? String(all) : entry.slice(slash + 1);
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > all) return `"${entry}" has no prefix length from 0 to ${all}.`;
  const range = unmapRange({ base, bits: Number(prefix) });
  if (hasHostBits(range)) return `"${entry}" has bits set behind its prefix: write the network's own address.`;
  return range;
}
