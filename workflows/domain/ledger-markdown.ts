import type { LedgerEntry } from './ledger.ts';
import type { RebuiltTickets } from './ledger-ticket.ts';

const SPECIAL = /[\\`*_{}[\]()<>#+\-.!|~&$=:@]/g;
const CONTROL = /[\p{Cc}\p{Cf}]/gu;

/** Text of outsiders as one line of Markdown that shows it as it is: no markup, no links, no HTML. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(CONTROL, '').replace(SPECIAL, '\\$&');
}

/** One line of the account as a list item, with its note quoted below. */
export function entryMarkdown(entry: LedgerEntry): string {
  const span = entry.lastAt === entry.at ? entry.at : `${entry.at} to ${entry.lastAt}`;
  const head = `- **${escapeMarkdown(span)}** ${escapeMarkdown(entry.text)}  \n  _because of:_ ${escapeMarkdown(entry.cause.words)} (${entry.cause.by})\n`;
  if (entry.note === null) return head;
  const quoted = entry.note.body.split(/\r\n|[\r\n\u2028\u2029]/).map((line) => `  > ${escapeMarkdown(line)}  \n`);
  return `${head}\n  > Note (${escapeMarkdown(`${entry.note.purpose}, ${entry.note.visibility}`)}) on ticket ${escapeMarkdown(entry.note.ticket)}:\n  >\n${quoted.join('')}\n`;
}

/** What stands in the ticket system by the account alone. */
export function ticketsMarkdown({ tickets }: RebuiltTickets): string {
  if (tickets.length === 0) return 'No ticket.\n';
  return tickets
    .map((ticket) => {
      const state = ticket.isGone ? 'gone' : ticket.isOpen ? 'open' : 'closed';
      const merged = ticket.mergedInto === null ? '' : `, merged into ${escapeMarkdown(ticket.mergedInto)}`;
      const status = ticket.status === null ? '' : `, status ${escapeMarkdown(ticket.status)}`;
      return `- Ticket ${escapeMarkdown(ticket.id)}: ${state}${status}${merged}, ${ticket.notes.length} notes\n`;
    })
    .join('');
}
