import type { Cipher } from './cipher.ts';

/** A value that was replaced and still opens until then (ISO). */
export interface OldSecret {
  value: string;
  until: string;
}

/** One secret of an endpoint. Of the values before it, each opens until its own overlap ends; the newest stands first. */
export interface KeptSecret {
  value: string;
  olds?: readonly OldSecret[];
}

/** As it was kept while only one value before the present one could open. */
type EarlierSecret = KeptSecret & { old?: string; oldUntil?: string };

/** By `secretId`, as the verifiers in the configuration name them. */
export type KeptSecrets = Record<string, KeptSecret>;

/** The secrets of an endpoint as they are kept in `endpoint.secrets_cipher`, bound to the endpoint's id. */
export function sealEndpointSecrets(cipher: Cipher, endpointId: string, secrets: KeptSecrets): Buffer {
  return cipher.encrypt(JSON.stringify(secrets), secretsContext(endpointId));
}

/** The inverse of `sealEndpointSecrets`. Throws `DecryptError` for another key, another endpoint or damage. */
export function openEndpointSecrets(cipher: Cipher, endpointId: string, sealed: Uint8Array): KeptSecrets {
  const kept = JSON.parse(cipher.decrypt(sealed, secretsContext(endpointId)).toString()) as Record<
    string,
    EarlierSecret
  >;
  return Object.fromEntries(Object.entries(kept).map(([id, secret]) => [id, withOlds(secret)]));
}

/**
 * A secret with a new value. Until `oldUntil` (ISO) the one before still opens, and those before it until their own ends; null:
 * none of them opens any more. What has ended at `now` (milliseconds) is not kept.
 */
export function rotatedSecret(
  before: KeptSecret | undefined,
  value: string,
  { oldUntil, now }: { oldUntil: string | null; now: number },
): KeptSecret {
  if (before === undefined || oldUntil === null) return { value };
  return { value, olds: [{ value: before.value, until: oldUntil }, ...openOlds(before, now)] };
}

/** The values that open at `now` (milliseconds): the present one, and each old one until its overlap ends. */
export function openValues(secret: KeptSecret, now: number): string[] {
  return [secret.value, ...openOlds(secret, now).map(({ value }) => value)];
}

/** The old values that still open at `now` (milliseconds), the newest first. */
export function openOlds({ olds = [] }: KeptSecret, now: number): OldSecret[] {
  return olds.filter(({ until }) => now < Date.parse(until));
}

function withOlds({ old, oldUntil, ...secret }: EarlierSecret): KeptSecret {
  return old === undefined || oldUntil === undefined ? secret : { ...secret, olds: [{ value: old, until: oldUntil }] };
}

function secretsContext(endpointId: string): string {
  return `endpoint:${endpointId}`;
}
