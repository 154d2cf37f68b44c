import { readMaskingWords } from '../../../infra/database/masking-words.ts';
import { foldLedger, type LedgerEntry } from '../../../workflows/domain/ledger.ts';
import { findIncident } from '../incidents/find.ts';
import type { VerbContext } from '../verb.ts';
import { maskEntry } from './mask-entry.ts';
import { readLedgerRows } from './read-rows.ts';

/** An incident and its whole account, masked, in pieces as it is read. Throws `not-found` before the first piece. */
export async function readAccount(context: VerbContext, id: string) {
  const incident = await findIncident(context, context.pool, id);
  const words = await readMaskingWords(context.pool);
  return { incident, pieces: pieces() };

  async function* pieces(): AsyncGenerator<LedgerEntry[]> {
    const fold = foldLedger();
    const masked = (entry: LedgerEntry) => maskEntry(entry, words);
    for await (const { row } of readLedgerRows(context.pool, id, null)) {
      const entries = fold.push(row);
      if (entries.length > 0) yield entries.map(masked);
    }
    yield fold.end().map(masked);
  }
}
