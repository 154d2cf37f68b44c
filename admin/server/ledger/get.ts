import { z } from 'zod';
import { readMaskingWords } from '../../../infra/database/masking-words.ts';
import { foldLedger, type LedgerEntry } from '../../../workflows/domain/ledger.ts';
import { invalid } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { findIncident } from '../incidents/find.ts';
import { decodeCursor, encodeCursor } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { maskEntry } from './mask-entry.ts';
import { readLedgerRows, type Place } from './read-rows.ts';
import { LedgerQuery, type LedgerPage } from './schemas.ts';

/** A page of the account of an incident, oldest first: every decision with its cause. Alerts that say the same are one line. */
export const getLedger = defineVerb({
  name: 'incident.ledger',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: IdInput, query: LedgerQuery }),
  run: async (context, { id, query }): Promise<LedgerPage> => {
    await findIncident(context, context.pool, id);
    const words = await readMaskingWords(context.pool);
    const fold = foldLedger();
    const entries: LedgerEntry[] = [];
    let place: Place | null = query.cursor === undefined ? null : placeOf(query.cursor);
    let isWhole = true;
    for await (const placed of readLedgerRows(context.pool, id, place)) {
      entries.push(...fold.push(placed.row));
      if (entries.length + fold.waiting() > query.limit) {
        isWhole = false;
        break;
      }
      place = placed.place;
    }
    entries.push(...fold.end());
    return {
      items: entries.slice(0, query.limit).map((entry) => maskEntry(entry, words)),
      nextCursor: isWhole || place === null ? null : encodeCursor(place),
    };
  },
});

function placeOf(cursor: string): Place {
  const [at, rank, own] = decodeCursor(cursor, 3) ?? [];
  if (
    at === undefined ||
    rank === undefined ||
    own === undefined ||
    Number.isNaN(Date.parse(at)) ||
    !/^[1-5]$/.test(rank)
  )
    throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
  return [at, rank, own];
}
