import { z } from 'zod';
import type { LedgerEntry } from '../../../workflows/domain/ledger.ts';
import { entryMarkdown, escapeMarkdown, ticketsMarkdown } from '../../../workflows/domain/ledger-markdown.ts';
import { rebuildTicket } from '../../../workflows/domain/ledger-ticket.ts';
import { IdInput } from '../ids.ts';
import { defineVerb } from '../verb.ts';
import { readAccount } from './read-account.ts';

/** The whole account as Markdown, in pieces as it is read; ends with the tickets as the account alone tells them. */
export const exportLedger = defineVerb({
  name: 'incident.ledger',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: IdInput }),
  run: async (context, { id }): Promise<AsyncGenerator<string>> => {
    const { incident, pieces } = await readAccount(context, id);
    return write();

    async function* write(): AsyncGenerator<string> {
      const kept: LedgerEntry[] = [];
      const told = (entry: LedgerEntry): string => {
        if (entry.id !== null) kept.push(withoutWords(entry));
        return entryMarkdown(entry);
      };
      yield `# ${escapeMarkdown(incident.summary)}\n\nIncident ${incident.id}\n\n`;
      for await (const entries of pieces) yield entries.map(told).join('');
      yield `\n## Tickets by this account\n\n${ticketsMarkdown(rebuildTicket(kept))}`;
    }
  },
});

function withoutWords(entry: LedgerEntry): LedgerEntry {
  return { ...entry, text: '', note: entry.note && { ...entry.note, body: '' }, unconfirmed: [] };
}
