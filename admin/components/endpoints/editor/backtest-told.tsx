'use client';

import type { BacktestResult } from '../../../server/backtest/schemas.ts';
import { number, ThenAndNow } from './then-and-now.tsx';

const ROWS = [
  ['tickets', 'Tickets'],
  ['notes', 'Notes'],
  ['closes', 'Closes'],
  ['reopened', 'Opened again'],
  ['openAtEnd', 'Open at the end'],
  ['held', 'Held'],
] as const;

/** The result of a backtest: then and now side by side, which webhooks change and in what, with examples. */
export function BacktestTold({ result }: { result: BacktestResult }) {
  const { webhooks, changed, changes, examples, before, after, tickets, warnings } = result;
  const rows = ROWS.filter(([name]) => before[name] > 0 || after[name] > 0 || name === 'tickets');
  if (webhooks === 0)
    return <p className="quiet">No webhook was recorded in this time. Send one, or look further back.</p>;
  return (
    <section className="stack" aria-label="Then and now">
      <p role="status">
        <b>
          {changed === 0 ? 'Nothing would change' : `${number(changed)} of ${number(webhooks)} webhooks would change`}
        </b>
        {changed === 0 && ` for ${number(webhooks)} webhooks`}.
      </p>
      {warnings.map((warning) => (
        <p key={warning} className="badge-text warn">
          {warning}
        </p>
      ))}
      <ThenAndNow rows={rows.map(([name, label]) => ({ label, was: before[name], is: after[name] }))} />
      {Object.keys(changes).length > 0 && (
        <div>
          <h3>What changes</h3>
          <p className="row">
            {Object.entries(changes).map(([field, count]) => (
              <span key={field} className="badge busy">
                {field} {number(count)}
              </span>
            ))}
          </p>
        </div>
      )}
      {examples.slice(0, 10).map(({ requestId, receivedAt, changes: different }) => (
        <div key={requestId} className="rule">
          <a href={`/history/${requestId}`} target="_blank">
            {new Date(receivedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })}
          </a>
          {different.map(({ n, field, before: was, after: is }) => (
            <p key={`${n} ${field}`} className="change">
              <b>{field}</b> <del>{was ?? 'nothing'}</del> <ins>{is ?? 'nothing'}</ins>
            </p>
          ))}
        </div>
      ))}
      <div className="two">
        <Busiest title="Tickets then" tickets={tickets.before} />
        <Busiest title="Tickets now" tickets={tickets.after} />
      </div>
      <p className="quiet">
        {result.waiting > 0 && `${number(result.waiting)} are not planned yet and left out. `}
        {result.unreadable > 0 && `${number(result.unreadable)} cannot be opened any more and are left out. `}
        {result.gone !== null && `${number(result.gone.alerts)} older alerts are gone by retention. `}
        Took {number(result.tookMs)} ms.
      </p>
    </section>
  );
}

function Busiest({ title, tickets }: { title: string; tickets: BacktestResult['tickets']['before'] }) {
  return (
    <div>
      <h3>{title}</h3>
      {tickets.length === 0 && <p className="quiet">none</p>}
      <ul className="plain">
        {tickets.slice(0, 6).map(({ incidentKey, openedAt, summary, board, alerts, notes, closedAt }) => (
          <li key={`${incidentKey} ${openedAt}`}>
            <span className={`dot ${closedAt === null ? 'open' : 'close'}`} aria-hidden="true" />
            <span className="wrap">
              {summary}
              <small className="quiet">
                {[
                  board,
                  `${number(alerts)} alerts`,
                  `${number(notes)} notes`,
                  closedAt === null ? 'stays open' : 'closed',
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
