import { whyNotPublic } from '../../infra/http/public-address.ts';
import { CALLBACK_PATH } from '../../workflows/contracts/psa-watch.ts';

/** Where the ticket system is to call us, or why it cannot. */
export type CallbackUrl = { url: string } | { url: null; why: string };

/** The address of callbacks under `publicUrl`. ConnectWise appends the record's id, so it ends so that this gives a parameter (facts/connectwise.md §9). */
export function callbackUrl(publicUrl: string): CallbackUrl {
  const why = whyNotPublic(publicUrl);
  if (why !== null) return { url: null, why: `PUBLIC_URL cannot be reached from outside: ${why}` };
  return { url: `${publicUrl.replace(/\/+$/, '')}${CALLBACK_PATH}?recordId=` };
}
