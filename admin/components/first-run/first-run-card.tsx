import { Link } from '../link.tsx';
import { curlLine } from '../../server/first-run/curl-line.ts';
import { getFirstRun } from '../../server/first-run/get.ts';
import { runVerb, type VerbContext } from '../../server/verb.ts';
import { CopySnippet } from '../reference/copy-snippet.tsx';
import { Arrivals } from './arrivals.tsx';

/** What to do on a fresh installation: a line to paste, and what it sends arriving while one looks. */
export async function FirstRunCard({ context }: { context: VerbContext }) {
  if (context.actor.company !== null) return null;
  const { isFresh, hasWebhooks, example } = await runVerb(getFirstRun, context, {});
  if (!isFresh) return null;
  return (
    <section className="card stack" aria-label="First steps">
      <h2>First steps</h2>
      {example === null ? (
        <p>
          Point a monitor at the URL of an <Link href="/endpoints">endpoint</Link>: what it sends becomes a ticket, and
          arrives here.
        </p>
      ) : (
        <>
          <p>
            Paste this into a terminal: it is what Uptime Kuma sends when a monitor goes down. A ticket is made of it
            within seconds; send it again and the ticket gets a note; with <code>&quot;status&quot;:1</code> it is
            closed.
          </p>
          <CopySnippet text={curlLine(example)} label="Copy the line" />
        </>
      )}
      <Arrivals hasSome={hasWebhooks} />
      <p className="quiet">
        Then: <Link href="/endpoints/new">make an endpoint of your own</Link> from a recipe,{' '}
        <Link href="/settings/connections">connect your ticket system</Link>, or just use the{' '}
        <Link href="/tickets">built-in ticket desk</Link>.
      </p>
    </section>
  );
}
