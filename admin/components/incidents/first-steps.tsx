import { LinkButton } from '../link-button.tsx';
import type { ExampleEndpoint } from '../../server/first-run/example-file.ts';
import { curlLine } from '../../server/first-run/curl-line.ts';

/** What to do while there is no incident yet: a line to paste that makes one. */
export function FirstSteps({ example, publicUrl }: { example: ExampleEndpoint | null; publicUrl: string }) {
  const shown = example ?? { url: `${publicUrl}/webhook/<key>`, token: '<token>' };
  return (
    <section className="card stack empty">
      <h2>Nothing has gone wrong yet</h2>
      <p className="quiet">
        Point a monitor at an endpoint, or paste this into a terminal: it is what Uptime Kuma sends when a monitor goes
        down. Its ticket appears here within seconds; send it again and the ticket gets a note; with{' '}
        <code>&quot;status&quot;:1</code> it is closed.
      </p>
      <pre className="code" tabIndex={0}>
        {curlLine(shown)}
      </pre>
      <LinkButton href="/endpoints" variant="default">
        To the endpoints
      </LinkButton>
    </section>
  );
}
