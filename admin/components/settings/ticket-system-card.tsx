import { readCatalogAnew } from '../../app/(console)/settings/actions.ts';
import type { RefreshView } from '../../server/psa/schemas.ts';
import type { ServicesView } from '../../server/services/check-services.ts';
import { TimeAgo } from '../time-ago.tsx';
import { ActButton } from './act-button.tsx';

const NEEDED = 5;
const STATES = {
  never: { tone: 'calm', word: 'never read' },
  reading: { tone: 'busy', word: 'being read' },
  complete: { tone: 'good', word: 'complete' },
  partial: { tone: 'warn', word: 'in part' },
  failed: { tone: 'bad', word: 'failed' },
} as const;

/** Where tickets go, whether it answers, and how old its pick lists are. */
export function TicketSystemCard({
  system,
  refresh,
  facts,
  mayCheck,
}: {
  system: ServicesView['ticketSystem'];
  refresh: RefreshView;
  facts: { name: string; value: string | null }[];
  mayCheck: boolean;
}) {
  const isDesk = system.name === 'desk';
  return (
    <section className="card stack" aria-label="Ticket system">
      <div className="head">
        <h2>{isDesk ? 'Tickets: the built-in desk' : 'Tickets: ConnectWise'}</h2>
        <span className={`state ${system.state === 'up' ? 'good' : 'bad'}`}>
          {system.state === 'up' ? 'answers' : 'away'}
        </span>
      </div>
      {system.reason !== null && <p className="fault wrap">{system.reason}</p>}
      {isDesk ? (
        <Missing names={refresh.missing} />
      ) : (
        <dl className="facts">
          {facts.map(({ name, value }) => (
            <div key={name} className="pair">
              <dt>{name}</dt>
              <dd>{value ?? <span className="quiet">not set</span>}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className="head">
        <h3 className="sub">Pick lists</h3>
        <span className={`badge ${STATES[refresh.state].tone}`}>{STATES[refresh.state].word}</span>
      </div>
      <p className="quiet">
        {refresh.refreshedAt === null ? (
          'Boards, statuses, types and priorities were not read yet.'
        ) : (
          <>
            {refresh.items.toLocaleString('en')} entries, read <TimeAgo at={refresh.refreshedAt} />.
          </>
        )}
        {refresh.state === 'reading' && ` ${refresh.read} of ${refresh.lists ?? '?'} lists.`}
      </p>
      {refresh.state === 'reading' && refresh.lists !== null && (
        <progress aria-label="Lists read" value={refresh.read} max={refresh.lists} />
      )}
      {refresh.reason !== null && <p className="fault wrap">{refresh.reason}</p>}
      {refresh.faults.length > 0 && (
        <ul className="rows" aria-label="What could not be read">
          {refresh.faults.map(({ kind, parent, reason }) => (
            <li key={`${kind} ${parent}`}>
              <span>
                {kind}
                {parent !== null && ` of ${parent}`}
                <small className="fault block wrap">{reason}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayCheck && (
        <div>
          <ActButton label="Check and read the lists anew" done="The worker reads them now." action={readCatalogAnew} />
        </div>
      )}
    </section>
  );
}

/** Which variables ConnectWise still lacks; those that are set are not named. */
function Missing({ names }: { names: readonly string[] }) {
  const isBegun = names.length < NEEDED;
  return (
    <div className="stack">
      <p className="quiet">Tickets live in this console.</p>
      <p className={isBegun ? 'warn-text' : 'quiet'}>
        {isBegun
          ? 'ConnectWise is set up in part, so it is not used. The environment still lacks'
          : 'For ConnectWise the environment needs'}{' '}
        {names.map((name, index) => (
          <span key={name}>
            {index > 0 && (index === names.length - 1 ? ' and ' : ', ')}
            <code>{name}</code>
          </span>
        ))}
        ; set {names.length === 1 ? 'it' : 'them'} and start again.
      </p>
    </div>
  );
}
