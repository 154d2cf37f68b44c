import { Link } from '../link.tsx';
import type { LedgerPage } from '../../server/ledger/schemas.ts';
import { Ledger } from './ledger.tsx';
import { LedgerTools, PrintNow } from './ledger-tools.tsx';

interface Shown {
  id: string;
  ledger: LedgerPage;
  /** A later page is shown, not the begin. */
  isLater: boolean;
  /** All lines are wanted at once, to be printed. */
  isForPrint: boolean;
}

/** The account of an incident with the ways to keep it; what of it is not shown is said, on paper too. */
export function Timeline({ id, ledger: { items, nextCursor }, isLater, isForPrint }: Shown) {
  const isWhole = nextCursor === null && !isLater;
  return (
    <section className="card stack" aria-label="Timeline">
      <div className="head">
        <h2>Timeline</h2>
        <LedgerTools id={id} isWhole={isWhole || isForPrint} />
      </div>
      {!isWhole && (
        <p className="quiet" role="status">
          {isLater ? 'A later part' : `The first ${items.length.toLocaleString('en')} lines`} of the account; all of it
          is in the Markdown and the JSON file.
        </p>
      )}
      {isForPrint && <PrintNow />}
      <Ledger entries={items} />
      <nav className="pager no-print" aria-label="Pages">
        {(isLater || isForPrint) && <Link href={`/incidents/${id}`}>From the beginning</Link>}
        {nextCursor !== null && (
          <Link href={`/incidents/${id}?${new URLSearchParams({ cursor: nextCursor })}`}>What followed</Link>
        )}
      </nav>
    </section>
  );
}
