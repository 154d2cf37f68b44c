import { z } from 'zod';

const KEPT_MS = 3_600_000;
const FAILURE_KEPT_MS = 10_000;
/** A signature that does not fit may be of a new key; the old one is asked again, but not more often than this. */
const AGAIN_MS = 60_000;
const MOST_KEPT = 50;
const FETCH_MS = 3_000;
const MOST_BYTES = 4_096;

const keySchema = z.object({ signing_key: z.string().min(8).max(1_000) });

/** Signing keys by their address, which must be a trusted one. */
export interface SigningKeys {
  /** The key, from the cache where it is young; null when it cannot be read now. */
  find(address: URL): Promise<string | null>;
  /** The key read anew where the cached one is not brand-new; null when it is, or cannot be read. */
  findAgain(address: URL): Promise<string | null>;
}

interface Kept {
  key: Promise<string | null>;
  at: number;
  isFailure: boolean;
}

/** Keys fetched without credentials, redirects not followed, one request an address at a time; `mayFetch` bounds how often. */
export function createSigningKeys(deps: {
  now(): number;
  mayFetch(): boolean;
  fetch?: typeof globalThis.fetch;
}): SigningKeys {
  const kept = new Map<string, Kept>();
  const request = deps.fetch ?? globalThis.fetch;

  const read = (address: URL): Promise<string | null> => {
    if (!deps.mayFetch()) return Promise.resolve(null);
    const entry: Kept = { key: fetchKey(request, address), at: deps.now(), isFailure: false };
    kept.delete(address.href);
    kept.set(address.href, entry);
    const oldest = kept.size > MOST_KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return entry.key.then((key) => {
      entry.isFailure = key === null;
      return key;
    });
  };

  return {
    find(address) {
      const known = kept.get(address.href);
      const ageMs = known === undefined ? Infinity : deps.now() - known.at;
      return known !== undefined && ageMs < (known.isFailure ? FAILURE_KEPT_MS : KEPT_MS) ? known.key : read(address);
    },
    findAgain(address) {
      const known = kept.get(address.href);
      return known !== undefined && deps.now() - known.at < AGAIN_MS ? Promise.resolve(null) : read(address);
    },
  };
}

async function fetchKey(request: typeof globalThis.fetch, address: URL): Promise<string | null> {
  try {
    const answer = await request(address, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS) });
    const text = answer.ok && answer.body !== null ? await readText(answer.body) : null;
    if (text === null) return null;
    const read = keySchema.safeParse(JSON.parse(text));
    return read.success ? read.data.signing_key : null;
  } catch {
    return null;
  }
}

async function readText(body: ReadableStream<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
