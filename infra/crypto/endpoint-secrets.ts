import type { Cipher } from './cipher.ts';

/** One secret of an endpoint. `old` still opens until `oldUntil` (ISO). */
export interface KeptSecret {
  value: string;
  old?: string;
  oldUntil?: string;
}

/** By `secretId`, as the verifiers in the configuration name them. */
export type KeptSecrets = Record<string, KeptSecret>;

/** The secrets of an endpoint as they are kept in `endpoint.secrets_cipher`, bound to the endpoint's id. */
export function sealEndpointSecrets(cipher: Cipher, endpointId: string, secrets: KeptSecrets): Buffer {
  return cipher.encrypt(JSON.stringify(secrets), secretsContext(endpointId));
}

/** The inverse of `sealEndpointSecrets`. Throws `DecryptError` for another key, another endpoint or damage. */
export function openEndpointSecrets(cipher: Cipher, endpointId: string, sealed: Uint8Array): KeptSecrets {
  return JSON.parse(cipher.decrypt(sealed, secretsContext(endpointId)).toString()) as KeptSecrets;
}

/** A secret with a new value; until `oldUntil` (ISO) the one before still opens, null: not at all. */
export function rotatedSecret(before: KeptSecret | undefined, value: string, oldUntil: string | null): KeptSecret {
  return before === undefined || oldUntil === null ? { value } : { value, old: before.value, oldUntil };
}

/** The values that open at `now` (milliseconds): the present one, and the old one until its overlap ends. */
export function openValues(secret: KeptSecret, now: number): string[] {
  const isOldOpen = secret.old !== undefined && secret.oldUntil !== undefined && now < Date.parse(secret.oldUntil);
  return isOldOpen && secret.old !== undefined ? [secret.value, secret.old] : [secret.value];
}

function secretsContext(endpointId: string): string {
  return `endpoint:${endpointId}`;
}
