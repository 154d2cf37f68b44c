'use client';

import type { DryRunView } from '../../../server/endpoints/dry-run-schemas.ts';
import type { AlertTrace } from '../../../../workflows/contracts/plan-trace.ts';
import { AlertSteps } from './alert-steps.tsx';

const TONES = { create: 'hot', reopen: 'hot', note: 'busy', close: 'good', none: '' } as const;
const WORDS = {
  create: 'Creates a ticket',
  reopen: 'Opens its ticket again',
  note: 'Writes a note',
  close: 'Closes a ticket',
  none: 'No ticket',
} as const;

/** A plan in words: what would be done, then how each part of it came about. */
export function PlanTold({ view }: { view: DryRunView }) {
  const traces = view.trace.alerts as unknown as AlertTrace[];
  return (
    <section className="stack" aria-label="The plan" aria-live="polite">
      {view.failure !== null && <p className="fault">{view.failure}</p>}
      <ul className="plain">
        {view.effects.slice(0, traces.length || 20).map(({ n, action, text, ticketId, ticketUrl }) => (
          <li key={n}>
            <div>
              <span className={`badge ${TONES[action]}`}>{WORDS[action]}</span>{' '}
              {ticketId !== null && (ticketUrl === null ? `#${ticketId} ` : <a href={ticketUrl}>#{ticketId}</a>)}
              <p>{text}</p>
              <AlertSteps trace={traces.find((trace) => trace.n === n)} windows={view.trace.windows} />
            </div>
          </li>
        ))}
      </ul>
      {view.effects.length > 20 && <p className="quiet">and {view.effects.length - 20} more alerts</p>}
      {view.warnings.map((warning) => (
        <p key={warning} className="badge-text warn">
          {warning}
        </p>
      ))}
      {view.trace.masked.length > 0 && <p className="quiet">Masked: {view.trace.masked.slice(0, 8).join(', ')}</p>}
    </section>
  );
}
