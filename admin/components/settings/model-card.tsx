import { askModel } from '../../app/(console)/settings/actions.ts';
import type { AnalysisView } from '../../server/analysis/schemas.ts';
import { CopySnippet } from '../reference/copy-snippet.tsx';
import { TimeAgo } from '../time-ago.tsx';
import { ActButton } from './act-button.tsx';

const STATES = {
  well: { tone: 'good', word: 'answers' },
  missing: { tone: 'bad', word: 'has not this model' },
  away: { tone: 'bad', word: 'away' },
  unknown: { tone: 'warn', word: 'says nothing of it' },
} as const;

/** The language model for root causes: how it is, what to do about it, what it used. */
export function ModelCard({ analysis, mayCheck }: { analysis: AnalysisView; mayCheck: boolean }) {
  const shown = analysis.state === null ? { tone: 'calm', word: 'not asked yet' } : STATES[analysis.state];
  return (
    <section className="card stack" aria-label="Language model">
      <div className="head">
        <h2>Root causes: {analysis.model}</h2>
        <span className={`state ${shown.tone}`}>{shown.word}</span>
      </div>
      {analysis.problem !== null && <p className="fault wrap">{analysis.problem}</p>}
      {analysis.remedy !== null && <CopySnippet text={analysis.remedy} label="Copy what to do" />}
      <dl className="facts">
        <dt>Server</dt>
        <dd>{analysis.url}</dd>
        <dt>Asked</dt>
        <dd>{analysis.checkedAt === null ? 'never' : <TimeAgo at={analysis.checkedAt} />}</dd>
        <dt>Today</dt>
        <dd>
          {analysis.runsToday.toLocaleString('en')} analyses, {analysis.tokensToday.toLocaleString('en')}
          {analysis.tokensPerDay !== null && ` of ${analysis.tokensPerDay.toLocaleString('en')}`} tokens
        </dd>
      </dl>
      {analysis.tokensPerDay !== null && (
        <progress aria-label="Tokens used today" value={analysis.tokensToday} max={analysis.tokensPerDay} />
      )}
      {mayCheck && (
        <div>
          <ActButton label="Check the model" done="The model was asked." action={askModel} />
        </div>
      )}
    </section>
  );
}
