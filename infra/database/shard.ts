import { sha256 } from '../crypto/cipher.ts';

/** Endpoints are spread over this many shards; one dispatcher at a time plans a shard. Frozen: rows carry the number. */
export const SHARDS = 16;

/** The shard of an endpoint, 0 to 15: the first four bytes of the SHA-256 of its id in lower case. */
export function shardOf(endpointId: string): number {
  return sha256(endpointId.toLowerCase()).readUInt32BE(0) % SHARDS;
}
