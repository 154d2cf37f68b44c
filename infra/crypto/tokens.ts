import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from './cipher.ts';

/** 64 URL-safe characters (384 bits), the secret part of a webhook URL. */
export function createEndpointKey(): string {
  return randomBytes(48).toString('base64url');
}

/** 43 URL-safe characters (256 bits), a bearer token or API key body. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether two texts are equal, in time that does not depend on where they differ or on their lengths. */
export function equalsConstantTime(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return equalsDigest(a, sha256(b));
}

/** As `equalsConstantTime`, with the SHA-256 of the second text; never equal to none. */
export function equalsDigest(a: string | Uint8Array, digest: Buffer | undefined): boolean {
  return digest !== undefined && timingSafeEqual(sha256(a), digest);
}
