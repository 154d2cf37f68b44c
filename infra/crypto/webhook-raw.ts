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

/** As `openRaw`, but null for bytes that cannot be opened: another key, or damage. */
export function openRawOrNull(cipher: Cipher, webhook: WebhookIdentity, sealed: Uint8Array): Buffer | null {
  try {
    return openRaw(cipher, webhook, sealed);
  } catch (error) {
    // By name: the console's bundles hold several copies of the class.
    if (error instanceof Error && error.name === 'DecryptError') return null;
    throw error;
  }
}

function rawContext({ id, endpointId }: WebhookIdentity): string {
  return `${id}:${endpointId}`;
}
