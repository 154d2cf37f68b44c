/** An address as its bytes: 4 for IPv4, 16 for IPv6. An IPv4-mapped IPv6 address is held as IPv4. */
export type AddressBytes = readonly number[];

/** All addresses whose first `bits` bits are those of `base`. */
export interface AddressRange {
  base: AddressBytes;
  bits: number;
}

const MAPPED_PREFIX_BYTES = 12;
const MAPPED_PREFIX_BITS = 96;

/** Whether `address` lies in one of `ranges`. An empty list holds nothing. */
export function isInRanges(address: AddressBytes, ranges: readonly AddressRange[]): boolean {
  return ranges.some((range) => isInRange(address, range));
}

/** Brings `::ffff:a.b.c.d` to `a.b.c.d`, so that both spellings of one address are equal. */
export function unmapAddress(address: AddressBytes): AddressBytes {
  return isMapped(address) ? address.slice(MAPPED_PREFIX_BYTES) : address;
}

/** The same for a range; a mapped range wider than the mapped block stays IPv6. */
export function unmapRange(range: AddressRange): AddressRange {
  if (!isMapped(range.base) || range.bits < MAPPED_PREFIX_BITS) return range;
  return { base: range.base.slice(MAPPED_PREFIX_BYTES), bits: range.bits - MAPPED_PREFIX_BITS };
}

/** Whether bits behind the prefix are set, as in `10.0.0.1/8`: mostly a slip, since the range is wider than it looks. */
export function hasHostBits(range: AddressRange): boolean {
  return range.base.some((byte, index) => (byte & ~maskOf(range.bits, index) & 0xff) !== 0);
}

function isInRange(address: AddressBytes, range: AddressRange): boolean {
  if (address.length !== range.base.length) return false;
  return address.every((byte, index) => ((byte ^ (range.base[index] ?? 0)) & maskOf(range.bits, index)) === 0);
}

function isMapped(address: AddressBytes): boolean {
  return (
    address.length === 16 &&
    address.every((byte, index) => index >= MAPPED_PREFIX_BYTES || byte === (index < 10 ? 0 : 0xff))
  );
}

function maskOf(bits: number, byteIndex: number): number {
  const inByte = Math.min(8, Math.max(0, bits - byteIndex * 8));
  return (0xff << (8 - inByte)) & 0xff;
}
