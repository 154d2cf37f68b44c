import { expectationText } from '../../../workflows/domain/staleness-words.ts';
import type { EndpointAnswer } from '../../server/endpoints/schemas.ts';
import type { ActivityHour } from '../../server/stats/get-activity.ts';
import { TimeAgo } from '../time-ago.tsx';
import { Sparkline, Ticks } from './activity.tsx';

/** The last 24 hours of one endpoint, and the few facts one asks for first. */
export function LastDay({ endpoint, hours }: { endpoint: EndpointAnswer; hours: readonly ActivityHour[] | null }) {
  const { ticketing, heartbeat, verification, version, lastSeenAt } = endpoint;
  const facts = [
    ['Opens a ticket', `${ticketing.triggerField} = ${ticketing.openValues.join(', ') || 'never'}`],
    ['Closes it', ticketing.closeValues.join(', ') || 'never'],
    ['Asks for', verification.map(({ type }) => type).join(' + ') || 'nothing: every sender is taken'],
    ['Heartbeat', heartbeat.enabled ? expectationText(heartbeat) : 'off'],
    ['Configuration', `version ${version}`],
  ];
  return (
    <section className="card stack" aria-label="Last 24 hours">
      <div className="head">
        <h2>Last 24 hours</h2>
        <small className="quiet">
          {lastSeenAt === null ? (
            'never heard from'
          ) : (
            <>
              last webhook <TimeAgo at={lastSeenAt} />
            </>
          )}
        </small>
      </div>
      <Sparkline hours={hours} />
      <Ticks hours={hours} />
      <dl className="facts inline">
        {facts.map(([word, value]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
