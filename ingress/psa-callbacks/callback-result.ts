/** Every way a call of the ticket system ends: its status and the words of the answer. */
export const CALLBACK_RESULTS = {
  hinted: { status: 200, message: 'The incident reads its ticket' },
  'unknown-ticket': { status: 200, message: 'Ignored: no open incident has this ticket' },
  'not-of-interest': { status: 200, message: 'Ignored: only changes and deletions of tickets are of interest' },
  malformed: { status: 400, message: 'This is not a ConnectWise callback' },
  'no-signature': { status: 401, message: 'Missing x-content-signature' },
  'false-signature': { status: 401, message: 'Invalid x-content-signature' },
  'foreign-key-address': { status: 403, message: 'key_url is not one of the configured ConnectWise' },
  'foreign-company': { status: 403, message: 'The callback is of another company' },
  'too-large': { status: 413, message: 'Payload too large' },
  'too-many-attempts': { status: 429, message: 'Too many failed attempts' },
  'no-key': { status: 429, message: 'The signing key cannot be read now, try again' },
  unavailable: { status: 429, message: 'The hint cannot be kept now, try again' },
} as const;

export type CallbackResult = keyof typeof CALLBACK_RESULTS;

/** Results that count as failed attempts of their maker. */
export function isAttempt(result: CallbackResult): boolean {
  const { status } = CALLBACK_RESULTS[result];
  return status >= 400 && status !== 429;
}
