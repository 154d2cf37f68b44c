import { askCallbacks, stopCallbacks } from '../../app/(console)/settings/actions.ts';
import type { CallbackView } from '../../server/psa/callback-schemas.ts';
import { TimeAgo } from '../time-ago.tsx';
import { ActButton } from './act-button.tsx';

const STATES = {
  never: { tone: 'calm', word: 'not looked at yet' },
  registered: { tone: 'good', word: 'on' },
  off: { tone: 'calm', word: 'off' },
  refused: { tone: 'bad', word: 'refused' },
  failed: { tone: 'bad', word: 'failed' },
} as const;

/** Whether the ticket system calls us when a person changes a ticket, and the switch for it. */
export function CallbacksCard({ callbacks, mayChange }: { callbacks: CallbackView; mayChange: boolean }) {
  const { tone, word } = STATES[callbacks.state];
  return (
    <section className="card stack" aria-label="Callbacks">
      <div className="head">
        <h2>Callbacks</h2>
        <span className={`badge ${tone}`}>{word}</span>
      </div>
      <p className="quiet">
        The ticket system calls HookWise when a person changes a ticket, so that it is seen at once. Without it the
        lists are read every few minutes all the same.
      </p>
      {callbacks.reason !== null && <p className="fault wrap">{callbacks.reason}</p>}
      <dl className="facts">
        <dt>Called address</dt>
        <dd>{callbacks.url ?? <span className="quiet">none</span>}</dd>
        <dt>Looked at</dt>
        <dd>{callbacks.checkedAt === null ? 'never' : <TimeAgo at={callbacks.checkedAt} />}</dd>
        <dt>Calls of use</dt>
        <dd>
          {callbacks.hints.toLocaleString('en')}
          {callbacks.hintedAt !== null && (
            <>
              , the last <TimeAgo at={callbacks.hintedAt} />
            </>
          )}
        </dd>
        <dt>Lists read</dt>
        <dd>{callbacks.sweptAt === null ? 'never' : <TimeAgo at={callbacks.sweptAt} />}</dd>
      </dl>
      {mayChange && (
        <div className="tools">
          {!(callbacks.wanted && callbacks.state === 'registered') && (
            <ActButton
              label={callbacks.wanted ? 'Try again' : 'Turn callbacks on'}
              done="The ticket system was asked."
              action={askCallbacks}
            />
          )}
          {callbacks.wanted && (
            <ActButton label="Turn callbacks off" done="The ticket system was told." action={stopCallbacks} />
          )}
        </div>
      )}
    </section>
  );
}
