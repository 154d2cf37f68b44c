import type { IncomingHttpHeaders } from 'node:http';
import type { CallbackResult } from './callback-result.ts';
import type { HintWriter } from './hint-writer.ts';
import { keyAddress, type KeyOwner } from './key-address.ts';
import { readCallback } from './read-callback.ts';
import { isSignatureOf, looksLikeSignature } from './signature.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface JudgeDeps {
  owner: KeyOwner;
  keys: SigningKeys;
  hints: HintWriter;
}

/**
 * Verifies one call of the ticket system and keeps what it hints at. Nothing of the body decides more than which ticket an
 * incident reads for itself. Cheap checks come first; what can be mended by a later try is answered so that ConnectWise tries again.
 */
export async function judgeCallback(
  deps: JudgeDeps,
  call: { headers: IncomingHttpHeaders; rawBody: Buffer },
): Promise<CallbackResult> {
  const signature = call.headers['x-content-signature'];
  if (signature === undefined) return 'no-signature';
  if (!looksLikeSignature(signature)) return 'false-signature';
  const callback = readCallback(call.rawBody);
  if (callback === null) return 'malformed';
  const { company } = deps.owner;
  if (callback.company !== null && callback.company.toLowerCase() !== company.toLowerCase()) return 'foreign-company';
  const address = keyAddress(callback.keyUrl, deps.owner);
  if (address === null) return 'foreign-key-address';
  const isSigned = await isSignedNow(deps.keys, address, signature, call.rawBody);
  if (isSigned !== true) return isSigned === null ? 'no-key' : 'false-signature';
  if (callback.type !== 'ticket' || callback.action === 'added') return 'not-of-interest';
  try {
    return (await deps.hints.keep(callback.ticketId)) ? 'hinted' : 'unknown-ticket';
  } catch {
    return 'unavailable';
  }
}

async function isSignedNow(
  keys: SigningKeys,
  address: URL,
  signature: string,
  rawBody: Buffer,
): Promise<boolean | null> {
  const key = await keys.find(address);
  if (key === null) return null;
  if (isSignatureOf(signature, rawBody, key)) return true;
  const newer = await keys.findAgain(address);
  return newer !== null && isSignatureOf(signature, rawBody, newer);
}
