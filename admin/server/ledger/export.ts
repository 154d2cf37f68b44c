import { z } from 'zod';
import { readMaskingWords } from '../../../infra/database/masking-words.ts';
import { foldLedger, type LedgerEntry } from '../../../workflows/domain/ledger.ts';
import { entryMarkdown, escapeMarkdown, ticketsMarkdown } from '../../../workflows/domain/ledger-markdown.ts';
import { rebuildTicket } from '../../../workflows/domain/ledger-ticket.ts';
import { IdInput } from '../ids.ts';
import { findIncident } from '../incidents/find.ts';
import { defineVerb } from '../verb.ts';
import { maskEntry } from './mask-entry.ts';
import { readLedgerRows } from './read-rows.ts';

/** The whole account as Markdown, in pieces as it is read; ends with the tickets as the account alone tells them. */
export const exportLedger = defineVerb({
  name: 'incident.ledger',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: IdInput }),
  run: async (context, { id }): Promise<AsyncGenerator<string>> => {
    const incident = await findIncident(context, context.pool, id);
    const words = await readMaskingWords(context.pool);
    return write();

    async function* write(): AsyncGenerator<string> {
      const fold = foldLedger();
      const kept: LedgerEntry[] = [];
      const told = (entry: LedgerEntry): string => {
        const masked = maskEntry(entry, words);
        if (entry.id !== null) kept.push(withoutWords(masked));
        return entryMarkdown(masked);
      };
      yield `# ${escapeMarkdown(incident.summary)}\n\nIncident ${incident.id}\n\n`;
      for await (const { row } of readLedgerRows(context.pool, id, null)) {
        const text = fold.push(row).map(told).join('');
        if (text !== '') yield text;
      }
      yield fold.end().map(told).join('');
      yield `\n## Tickets by this account\n\n${ticketsMarkdown(rebuildTicket(kept))}`;
    }
  },
});

function withoutWords(entry: LedgerEntry): LedgerEntry {
  return { ...entry, text: '', note: entry.note && { ...entry.note, body: '' }, unconfirmed: [] };
}
