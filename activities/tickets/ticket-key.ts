import { createHash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** 32 characters of `[a-z2-7]` over the parts, each with its length so that parts cannot run together. */
function digestOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part};`);
  const bytes = hash.digest();
  return Array.from({ length: 32 }, (_, index) => ALPHABET[(bytes[index] ?? 0) & 31]).join('');
}

/** The key a ticket carries in the ticket system; `episode` rises with every ticket of the incident (facts/connectwise.md §12). */
export function ticketKey(installation: string, connection: string, incidentKey: string, episode: number): string {
  return `hw:${digestOf(installation, connection, incidentKey, String(episode))}`;
}

/** Whether a key is one of ours, of any incident. */
export function isOurKey(key: string | null): boolean {
  return key !== null && key.startsWith('hw:');
}

/** The marker of one note. `what` names it within the incident: an alert, a running number, an order. */
export function noteKey(incidentId: string, episode: number, what: string): string {
  return `hn:${digestOf(incidentId, String(episode), what).slice(0, 20)}`;
}
