import { z } from 'zod';
import type { LedgerEntry } from '../../../workflows/domain/ledger.ts';
import { IdInput } from '../ids.ts';
import { defineVerb } from '../verb.ts';
import { readAccount } from './read-account.ts';

/** The whole account as one JSON document, `{ "id", "summary", "items": [] }`, in pieces as it is read; the lines are those of the pages. */
export const exportWholeLedger = defineVerb({
  name: 'incident.ledger',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: IdInput }),
  run: async (context, { id }): Promise<AsyncGenerator<string>> => {
    const { incident, pieces } = await readAccount(context, id);
    return write();

    async function* write(): AsyncGenerator<string> {
      let separator = '\n';
      const told = (entry: LedgerEntry): string => {
        const line = separator + JSON.stringify(entry);
        separator = ',\n';
        return line;
      };
      yield `{"id":${JSON.stringify(incident.id)},"summary":${JSON.stringify(incident.summary)},"items":[`;
      for await (const entries of pieces) yield entries.map(told).join('');
      yield '\n]}\n';
    }
  },
});
