import { sha256 } from './cipher.ts';

/** The digest in incident keys, for planning and dry runs alike: the first 160 bits of SHA-256 in hex. Frozen once shipped. */
export function incidentDigest(text: string): string {
  return sha256(text).toString('hex', 0, 20);
}
