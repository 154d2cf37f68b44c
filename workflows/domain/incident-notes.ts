import type { PendingNote } from './incident-fold.ts';

/** Text of the note for counted alerts: one alert is told whole, more are joined with their number and span. */
export function joinedNoteText(pending: PendingNote): string {
  const flapped =
    pending.recoveries > 0
      ? `Recovered and failed again${pending.recoveries > 1 ? ` (${pending.recoveries} times)` : ''}.\n`
      : '';
  if (pending.count === 1)
    return `${flapped}Alert repeated at ${pending.lastAt}.\nMessage: ${pending.lastMessage}\nRequest ID: ${pending.lastWebhookId}`;
  const seconds = Math.max(0, Math.round((Date.parse(pending.lastAt) - Date.parse(pending.firstAt)) / 1000));
  return `${flapped}${pending.count} more alerts in ${seconds} s, last: ${pending.lastMessage}\nLast at: ${pending.lastAt}\nRequest ID: ${pending.lastWebhookId}`;
}

/** Text of the note that closes an incident. */
export function resolutionText(by: {
  at: string;
  message: string;
  webhookId: string | null;
  person: string | null;
}): string {
  const who = by.person === null ? `Recovered at ${by.at}.` : `Closed by ${by.person} at ${by.at}.`;
  return `${who}\nMessage: ${by.message}${by.webhookId === null ? '' : `\nRequest ID: ${by.webhookId}`}`;
}
