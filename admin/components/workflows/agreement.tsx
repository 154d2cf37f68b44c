import { Link } from '../link.tsx';
import type { AgreementView } from '../../server/workflows/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

type Kind = AgreementView['items'][number];

const WORDS = {
  incident: {
    title: 'Incidents',
    missing:
      'Open in Postgres, and no workflow runs for them: nothing acts on them until their bell rings again. One that stays here wants “Try again now” on its page.',
    stray:
      'Run, although Postgres has had them over for a day or does not know them: their next bell lets them end. They touch no ticket.',
  },
  heartbeat: {
    title: 'Heartbeats',
    missing: 'Endpoints whose silence is to be watched and is not: the reconciling starts them within ten minutes.',
    stray: 'Watch endpoints that need no watching any more: the reconciling lets them end.',
  },
  gate: {
    title: 'Gates of ticket systems',
    missing: 'A connection is shut and nothing probes it: the next incident that waits for it rings its gate.',
    stray: 'Probe a connection that nobody knows any more.',
  },
} as const;

/** Where Postgres and Temporal's list of workflows disagreed when upkeep last compared them, and what that means. */
export function Agreement({ agreement: { items } }: { agreement: AgreementView }) {
  return (
    <section className="card stack" aria-label="Postgres and Temporal">
      <div className="head">
        <h2>Do Postgres and Temporal agree?</h2>
        {items[0] && (
          <small className="quiet">
            compared <TimeAgo at={items[0].checkedAt} />
          </small>
        )}
      </div>
      {items.length === 0 && (
        <p className="quiet">Not compared yet. A worker does so when it starts, and every ten minutes.</p>
      )}
      <ul className="rows">
        {items.map((one) => (
          <li key={one.kind}>
            <span>
              {WORDS[one.kind].title}
              <small className="quiet block">
                {one.wanted.toLocaleString('en')} should run, {one.running.toLocaleString('en')} do
              </small>
              <Differing count={one.missing} words={WORDS[one.kind].missing} examples={one.missingExamples} />
              <Differing count={one.stray} words={WORDS[one.kind].stray} examples={one.strayExamples} />
            </span>
            <span className={`state ${one.missing > 0 ? 'bad' : one.stray > 0 ? 'warn' : 'good'}`}>
              {one.missing + one.stray === 0 ? 'agree' : `${(one.missing + one.stray).toLocaleString('en')} differ`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Differing({ count, words, examples }: { count: number; words: string; examples: Kind['missingExamples'] }) {
  if (count === 0) return null;
  return (
    <span className="block">
      <small className="block">
        <b>{count.toLocaleString('en')}.</b> {words}
      </small>
      {examples.map(({ workflowId, incidentId, title }) => (
        <small key={workflowId} className="block clip">
          {incidentId === null ? (title ?? workflowId) : <Link href={`/incidents/${incidentId}`}>{title}</Link>}
        </small>
      ))}
      {count > examples.length && (
        <small className="quiet block">and {(count - examples.length).toLocaleString('en')} more</small>
      )}
    </span>
  );
}
