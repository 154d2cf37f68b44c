import { Link } from '../link.tsx';
import { Suspense, type ReactNode } from 'react';
import { getPulse } from '../../server/stats/get-pulse.ts';
import { runVerb, type VerbContext } from '../../server/verb.ts';
import { LoadingCard } from '../loading-card.tsx';
import { PhaseBadge } from '../incidents/phase-badge.tsx';
import { TimeAgo } from '../time-ago.tsx';

/** What needs a look now: the queue, what is stuck, who is silent; and the services beside it. */
export async function Pulse({ context, services }: { context: VerbContext; services: ReactNode }) {
  const pulse = await runVerb(getPulse, context, {});
  const lag = pulse.dispatchLagSeconds;
  return (
    <div className="two">
      <section className="card stack">
        <h2>Needs a look</h2>
        {pulse.stuck.length === 0 && pulse.stale.length === 0 && (
          <p className="state good">Nothing is stuck and every endpoint is heard from.</p>
        )}
        {pulse.stuck.length > 0 && (
          <ul className="rows" aria-label="Stuck incidents">
            {pulse.stuck.map(({ id, summary, phase, error, since }) => (
              <li key={id}>
                <span>
                  <Link href={`/incidents/${id}`}>{summary}</Link>
                  {error !== null && <small className="fault clip">{error}</small>}
                </span>
                <span>
                  <PhaseBadge phase={phase} />{' '}
                  <small className="quiet">
                    <TimeAgo at={since} />
                  </small>
                </span>
              </li>
            ))}
          </ul>
        )}
        {pulse.stuckIncidents > pulse.stuck.length && (
          <small className="quiet">{pulse.stuckIncidents - pulse.stuck.length} more are stuck.</small>
        )}
        {pulse.stale.length > 0 && (
          <>
            <h3 className="sub">Silent endpoints ({pulse.staleEndpoints})</h3>
            <ul className="rows" aria-label="Silent endpoints">
              {pulse.stale.map(({ id, name, lastSeenAt }) => (
                <li key={id}>
                  <Link href={`/endpoints/${id}`}>{name}</Link>
                  <small className="quiet">
                    {lastSeenAt === null ? (
                      'never heard from'
                    ) : (
                      <>
                        last <TimeAgo at={lastSeenAt} />
                      </>
                    )}
                  </small>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section className="card stack" aria-label="Queue and services">
        <h2>Right now</h2>
        <ul className="rows">
          <li>
            <span>Open incidents</span>
            <Link href="/incidents?open=true">{pulse.openIncidents.toLocaleString('en')}</Link>
          </li>
          <li>
            <span>Waiting in the inbox</span>
            <span className={pulse.inboxDepth > 1000 ? 'badge-text warn' : undefined}>
              {pulse.inboxDepth.toLocaleString('en')}
            </span>
          </li>
          <li>
            <span>Dispatch lag</span>
            <span className={lag > 10 ? 'badge-text bad' : undefined}>{lag === 0 ? 'none' : `${lag} s`}</span>
          </li>
        </ul>
        <Suspense fallback={<LoadingCard lines={4} />}>{services}</Suspense>
      </section>
    </div>
  );
}
