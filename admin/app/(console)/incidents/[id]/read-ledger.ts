import type { LedgerEntryView, LedgerPage } from '../../../../server/ledger/schemas.ts';
import { getLedger } from '../../../../server/ledger/get.ts';
import { runVerb, type VerbContext } from '../../../../server/verb.ts';

const LINES_AT_ONCE = 1_000;
const MOST_LINES = 5_000;

/** All lines of an incident's account for one long page, the first 5,000; `nextCursor` is not null where some are left out. */
export async function readWholeLedger(context: VerbContext, id: string): Promise<LedgerPage> {
  const items: LedgerEntryView[] = [];
  let nextCursor: string | null = null;
  do {
    const query: Record<string, unknown> = { limit: LINES_AT_ONCE, ...(nextCursor !== null && { cursor: nextCursor }) };
    const page: LedgerPage = await runVerb(getLedger, context, { id, query });
    items.push(...page.items);
    nextCursor = page.nextCursor;
  } while (nextCursor !== null && items.length < MOST_LINES);
  return { items, nextCursor };
}
