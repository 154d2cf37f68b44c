import type { Metadata } from 'next';
import { Link } from '../../../../components/link.tsx';
import { ReplayProgress } from '../../../../components/history/replay-progress.tsx';
import { TimeAgo } from '../../../../components/time-ago.tsx';
import { roleIncludes } from '../../../../../infra/auth/roles.ts';
import { pageContextFor } from '../../../../lib/page-context.ts';
import { listBulkReplays } from '../../../../server/history/bulk/runs.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Replays' };

export default async function ReplaysPage() {
  const context = await pageContextFor('/history/replays');
  const { items } = await runVerb(listBulkReplays, context, {});
  return (
    <>
      <p className="crumbs">
        <Link href="/history">History</Link>
      </p>
      <h1>Replays by filter</h1>
      {items.length === 0 && (
        <p className="card empty quiet">None yet. Filter the history, then choose “Replay all” there.</p>
      )}
      {items.map((run) => (
        <section key={run.id} className="card stack" aria-label={`Replay asked by ${run.askedBy}`}>
          <div className="head">
            <h2>{run.rules === 'today' ? 'With today’s rules' : 'As recorded'}</h2>
            <small className="quiet">
              {run.askedBy}, <TimeAgo at={run.askedAt} />
              {run.endedBy !== null && `, cancelled by ${run.endedBy}`}
            </small>
          </div>
          <p>
            <Link href={`/history?${new URLSearchParams(run.filter).toString()}`}>
              {Object.entries(run.filter)
                .map(([name, value]) => `${name}: ${value}`)
                .join(', ') || 'The whole history'}
            </Link>
          </p>
          <ReplayProgress first={run} mayCancel={roleIncludes(context.actor.role, 'operator')} />
        </section>
      ))}
    </>
  );
}
