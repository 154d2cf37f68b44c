import { sha256 } from '../infra/crypto/cipher.ts';
import type { LoadedEndpoint } from './endpoint.ts';

/** An endpoint found, and until when its key opens it (milliseconds; null: as long as it is in the cache). */
export interface FoundEndpoint {
  endpoint: LoadedEndpoint;
  until: number | null;
}

export interface EndpointCacheLimits {
  entries: number;
  /** How long an unknown key is remembered as unknown. */
  unknownMs: number;
  /** How old what a refusal rests on may be. */
  againMs: number;
  /** Look-ups that may be under way at once; more are refused as `overloaded`. */
  lookups: number;
}

export const ENDPOINT_CACHE_LIMITS: EndpointCacheLimits = {
  entries: 10_000,
  unknownMs: 1_000,
  againMs: 25,
  lookups: 500,
};

export interface EndpointCache {
  /** The endpoint that the key of a URL names, or null. Rejects with what `load` throws, or with `overloaded()`. */
  find(key: string): Promise<LoadedEndpoint | null>;
  /**
   * As `find`, but what was looked up more than `againMs` ago is looked up again: for a refusal, which must not rest on a
   * configuration that has just been changed.
   */
  findAgain(key: string): Promise<LoadedEndpoint | null>;
  /** Forgets everything, what is being looked up included. */
  clear(): void;
}

interface Entry {
  found: LoadedEndpoint | null;
  at: number;
  until: number;
}

const KEY = /^[A-Za-z0-9_-]{16,128}$/;

/** Endpoints by the key in their URL. Those who look for one key at a time share one look-up. */
export function createEndpointCache(deps: {
  load(digest: Buffer): Promise<FoundEndpoint | null>;
  overloaded(): Error;
  now(): number;
  limits: EndpointCacheLimits;
}): EndpointCache {
  const { limits, now } = deps;
  let entries = new Map<string, Entry>();
  let underWay = new Map<string, Promise<LoadedEndpoint | null>>();

  const look = async (key: string): Promise<LoadedEndpoint | null> => {
    const into = entries;
    const at = now();
    const found = await deps.load(sha256(key));
    const until = found === null ? now() + limits.unknownMs : (found.until ?? Infinity);
    if (into.size >= limits.entries) forgetOldest(into);
    into.set(key, { found: found?.endpoint ?? null, at, until });
    return found?.endpoint ?? null;
  };

  const find = async (key: string, isFresh: (entry: Entry) => boolean): Promise<LoadedEndpoint | null> => {
    if (!KEY.test(key)) return null;
    const known = entries.get(key);
    if (known !== undefined && isFresh(known)) return known.found;
    const joined = underWay.get(key);
    if (joined !== undefined) return joined;
    if (underWay.size >= limits.lookups) throw deps.overloaded();
    const within = underWay;
    const looking = look(key).finally(() => within.delete(key));
    within.set(key, looking);
    return looking;
  };

  return {
    find: (key) => find(key, ({ until }) => until > now()),
    findAgain: (key) => find(key, ({ at }) => at + limits.againMs > now()),
    clear() {
      entries = new Map();
      underWay = new Map();
    },
  };
}

/** Unknown keys go first, so that a flood of them cannot drive out those in use. */
function forgetOldest(entries: Map<string, Entry>): void {
  let looked = 0;
  for (const [name, { found }] of entries) {
    if (found === null) return void entries.delete(name);
    if (++looked > 100) break;
  }
  const oldest = entries.keys().next().value;
  if (oldest !== undefined) entries.delete(oldest);
}
