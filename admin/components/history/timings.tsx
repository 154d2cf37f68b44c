import type { WebhookDetail } from '../../server/history/schemas.ts';

const WIDTH = 1000;
/** A stretch that is too short to be seen is drawn so wide. */
const LEAST = 22;

interface Stretch {
  words: string;
  tone: string;
  ms: number;
}

/** How long each part of a webhook's life took, drawn to scale, with the numbers. */
export function Timings({ timings }: { timings: WebhookDetail['timings'] }) {
  const stretches = stretchesOf(timings);
  if (stretches.length === 0) return null;
  const all = stretches.reduce((sum, { ms }) => sum + ms, 0);
  const widths = stretches.map(({ ms }) => Math.max(LEAST, (ms / Math.max(1, all)) * WIDTH));
  const scale = WIDTH / widths.reduce((sum, width) => sum + width, 0);
  return (
    <section className="card stack" aria-label="Timings">
      <div className="head">
        <h2>Timings</h2>
        <small className="quiet">{spanOf(all)} in all</small>
      </div>
      <svg className="timings" viewBox={`0 0 ${WIDTH} 24`} preserveAspectRatio="none" aria-hidden="true">
        {stretches.map(({ words, tone }, at) => {
          const from = widths.slice(0, at).reduce((sum, width) => sum + width, 0) * scale;
          return (
            <rect
              key={words}
              className={tone}
              x={from}
              width={Math.max(1, (widths[at] ?? 0) * scale - 4)}
              height={24}
              rx={4}
            />
          );
        })}
      </svg>
      <dl className="timing-list">
        {stretches.map(({ words, tone, ms }) => (
          <div key={words} className={tone}>
            <dt>{words}</dt>
            <dd>{spanOf(ms)}</dd>
          </div>
        ))}
      </dl>
      {timings.plannedAt !== null && timings.settledAt === null && <p className="quiet">Not settled yet.</p>}
    </section>
  );
}

function stretchesOf({ receivedAt, plannedAt, firstTicketAt, settledAt }: WebhookDetail['timings']): Stretch[] {
  const steps = [
    { words: 'Accepted to planned', tone: 'accent', at: plannedAt },
    { words: 'Planned to its ticket', tone: 'hot', at: firstTicketAt },
    { words: firstTicketAt === null ? 'Planned to settled' : 'Ticket to settled', tone: 'good', at: settledAt },
  ];
  const found: Stretch[] = [];
  let last = Date.parse(receivedAt);
  for (const { words, tone, at } of steps) {
    if (at === null) continue;
    found.push({ words, tone, ms: Math.max(0, Date.parse(at) - last) });
    last = Math.max(last, Date.parse(at));
  }
  return found;
}

/** A span as people read it: `42 ms`, `1.2 s`, `3 min 20 s`. */
export function spanOf(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toLocaleString('en', { maximumFractionDigits: 2 })} s`;
  const [minutes, seconds] = [Math.floor(ms / 60_000), Math.round((ms % 60_000) / 1_000)];
  return minutes < 60
    ? `${minutes} min ${seconds} s`
    : `${Math.floor(minutes / 60).toLocaleString('en')} h ${minutes % 60} min`;
}
