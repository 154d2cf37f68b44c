import { z } from 'zod';
import { readMaskingWords } from '../../../infra/database/masking-words.ts';
import { foldLedger, type LedgerEntry } from '../../../workflows/domain/ledger.ts';
import { IdInput } from '../ids.ts';
import { findIncident } from '../incidents/find.ts';
import { defineVerb } from '../verb.ts';
import { maskEntry } from './mask-entry.ts';
import { readLedgerRows } from './read-rows.ts';

/** The whole account as one JSON document, `{ "id", "summary", "items": [] }`, in pieces as it is read; the lines are those of the pages. */
export const exportWholeLedger = defineVerb({
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
      let separator = '\n';
      const told = (entry: LedgerEntry): string => {
        const line = separator + JSON.stringify(maskEntry(entry, words));
        separator = ',\n';
        return line;
      };
      yield `{"id":${JSON.stringify(incident.id)},"summary":${JSON.stringify(incident.summary)},"items":[`;
      for await (const { row } of readLedgerRows(context.pool, id, null)) {
        const text = fold.push(row).map(told).join('');
        if (text !== '') yield text;
      }
      yield `${fold.end().map(told).join('')}\n]}\n`;
    }
  },
});
