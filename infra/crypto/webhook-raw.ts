import type { Cipher } from './cipher.ts';

/** Whose raw bytes they are, ids in lower case; bound to the sealed bytes, so that they open as no other row's. */
export interface WebhookIdentity {
  id: string;
  endpointId: string;
}

/** The raw body of a webhook as it is kept in `webhook.raw`. */
export function sealRaw(cipher: Cipher, webhook: WebhookIdentity, raw: Uint8Array): Buffer {
  return cipher.encrypt(raw, rawContext(webhook));
}

/** The inverse of `sealRaw`. Throws `DecryptError` for another key, another row or damage. */
export function openRaw(cipher: Cipher, webhook: WebhookIdentity, sealed: Uint8Array): Buffer {
  return cipher.decrypt(sealed, rawContext(webhook));
}

function rawContext({ id, endpointId }: WebhookIdentity): string {
  return `${id}:${endpointId}`;
}
