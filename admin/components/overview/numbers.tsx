import { Link } from '../link.tsx';
import { getStats } from '../../server/stats/get.ts';
import { runVerb, type VerbContext } from '../../server/verb.ts';
import { StackedBars } from '../charts/stacked-bars.tsx';
import type { Period } from './period-picker.tsx';

const TILES = [
  { name: 'accepted', label: 'Accepted', tone: '', filter: '' },
  { name: 'created', label: 'Tickets created', tone: 'hot', filter: 'action=create' },
  { name: 'updated', label: 'Notes', tone: 'busy', filter: 'action=update' },
  { name: 'closed', label: 'Closed', tone: 'good', filter: 'action=close' },
  { name: 'failed', label: 'Failed', tone: 'bad', filter: 'status=failed' },
  { name: 'held', label: 'Held', tone: 'warn', filter: 'status=held' },
] as const;

const SERIES = [
  { name: 'created', label: 'Created', tone: 'hot' },
  { name: 'updated', label: 'Notes', tone: 'accent' },
  { name: 'closed', label: 'Closed', tone: 'good' },
  { name: 'failed', label: 'Failed', tone: 'bad' },
  { name: 'held', label: 'Held', tone: 'warn' },
] as const;

/** The counts of the period and how they came about over time. */
export async function Numbers({ context, period }: { context: VerbContext; period: Period }) {
  const stats = await runVerb(getStats, context, { query: { period } });
  return (
    <>
      <div className="tiles">
        {TILES.map(({ name, label, tone, filter }) => (
          <Link
            key={name}
            className={`card tile ${stats[name] > 0 ? tone : ''}`}
            href={`/history?${filter}${filter ? '&' : ''}from=${encodeURIComponent(stats.from)}`}
          >
            <small className="quiet">{label}</small>
            <b>{stats[name].toLocaleString('en')}</b>
          </Link>
        ))}
      </div>
      <section className="card stack" aria-label="Over time">
        <div className="head">
          <h2>What became of the webhooks</h2>
          <small className="quiet">
            {stats.averageSeconds !== null &&
              `${stats.averageSeconds.toLocaleString('en')} s from received to settled · `}
            {stats.refused.toLocaleString('en')} refused
          </small>
        </div>
        <StackedBars
          series={SERIES}
          unit={period === 'day' ? 'hour' : 'day'}
          bars={stats.buckets.map((bucket) => ({ at: bucket.at, values: SERIES.map(({ name }) => bucket[name]) }))}
        />
      </section>
    </>
  );
}
