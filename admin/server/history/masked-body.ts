import type { Cipher } from '../../../infra/crypto/cipher.ts';
import { openRaw, type WebhookIdentity } from '../../../infra/crypto/webhook-raw.ts';
import { parseJson } from '../../../infra/json.ts';
import { printJson } from '../../../workflows/domain/json-text.ts';
import { maskJson } from '../../../workflows/domain/redaction.ts';
import { parseExactJson } from '../exact-json.ts';

/** The masked JSON text of a webhook that is not planned yet, made from its raw bytes. */
export function maskedText(
  cipher: Cipher,
  webhook: WebhookIdentity & { raw: Uint8Array },
  words: readonly string[],
): string {
  const parsed = parseJson(openRaw(cipher, webhook, webhook.raw));
  return parsed.ok ? printJson(maskJson(parsed.value, words)) : '';
}

/** A kept text as the JSON value it is, with the sender's digits; a text that is no JSON stays text. */
export function asValue(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}

/** The same, masked by the names that people added since it was kept. */
export function maskedValue(text: string, words: readonly string[]): unknown {
  if (words.length === 0) return asValue(text);
  const parsed = parseJson(Buffer.from(text));
  return parsed.ok ? asValue(printJson(maskJson(parsed.value, words))) : asValue(text);
}
