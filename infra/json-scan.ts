/** What a look over the bytes of a JSON text tells before it is parsed. */
export interface JsonScan {
  depth: number;
  values: number;
  /** A number is there that JavaScript would write with other digits. */
  hasOddNumber: boolean;
  /** An escape is there that Postgres or UTF-8 cannot hold: NUL or half a surrogate pair. */
  hasUnsafeEscape: boolean;
}

export interface JsonLimits {
  maxDepth: number;
  maxValues: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LONGEST_EXACT_INTEGER = 15;

/** Counts depth and values in one pass without judging the grammar; ends early once a limit is passed. */
export function scanJson(bytes: Uint8Array, limits: JsonLimits): JsonScan {
  const scan: JsonScan = { depth: 0, values: 1, hasOddNumber: false, hasUnsafeEscape: false };
  const end = bytes.length;
  let depth = 0;
  let opened = false;
  let at = 0;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      at += 1;
      continue;
    }
    if (opened && byte !== 0x7d && byte !== 0x5d) scan.values += 1;
    opened = false;
    if (byte === QUOTE) {
      at = skipText(bytes, at + 1, scan);
      continue;
    }
    if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      at = skipNumber(bytes, at, scan);
      continue;
    }
    if (byte === 0x2c) scan.values += 1;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      opened = true;
      if (depth > scan.depth) scan.depth = depth;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    if (scan.depth > limits.maxDepth || scan.values > limits.maxValues) return scan;
    at += 1;
  }
  return scan;
}

function skipText(bytes: Uint8Array, from: number, scan: JsonScan): number {
  let at = from;
  const end = bytes.length;
  while (at < end) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) {
      if (bytes[at + 1] === 0x75 && !scan.hasUnsafeEscape) at = checkEscape(bytes, at, scan);
      at += 2;
    } else at += 1;
  }
  return at;
}

/** Answers where to go on from, two bytes before the rest: a whole pair is stepped over. */
function checkEscape(bytes: Uint8Array, at: number, scan: JsonScan): number {
  const unit = hexUnit(bytes, at + 2);
  if (unit === 0 || (unit >= 0xdc00 && unit <= 0xdfff)) scan.hasUnsafeEscape = true;
  if (unit < 0xd800 || unit > 0xdbff) return at;
  const low = bytes[at + 6] === BACKSLASH && bytes[at + 7] === 0x75 ? hexUnit(bytes, at + 8) : -1;
  if (low >= 0xdc00 && low <= 0xdfff) return at + 6;
  scan.hasUnsafeEscape = true;
  return at;
}

function hexUnit(bytes: Uint8Array, from: number): number {
  let unit = 0;
  for (let at = from; at < from + 4; at += 1) {
    const byte = bytes[at] ?? 0;
    const digit = byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57;
    if (digit < 0 || digit > 15) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

function skipNumber(bytes: Uint8Array, from: number, scan: JsonScan): number {
  let at = from;
  let isPlain = true;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x30 && byte <= 0x39) continue;
    if (byte === 0x2d && at === from) continue;
    if (byte !== 0x2e && byte !== 0x65 && byte !== 0x45 && byte !== 0x2b && byte !== 0x2d) break;
    isPlain = false;
  }
  if (scan.hasOddNumber || (isPlain && at - from <= LONGEST_EXACT_INTEGER && bytes[from] !== 0x2d)) return at;
  const digits = String.fromCharCode(...bytes.subarray(from, Math.min(at, from + 400)));
  if (String(Number(digits)) !== digits) scan.hasOddNumber = true;
  return at;
}
