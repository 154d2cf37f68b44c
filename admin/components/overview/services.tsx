import { recentServices } from '../../server/services/recent-services.ts';
import type { VerbContext } from '../../server/verb.ts';

const TONES = { up: 'good', warning: 'warn', down: 'bad' } as const;

/** How the parts are, and what to do about one that is away. */
export async function Services({ context }: { context: VerbContext }) {
  const { database, temporal, worker, ticketSystem, model } = await recentServices(context);
  const rows = [
    { name: 'Postgres', state: database, help: 'Webhooks are answered 503 until it is back.' },
    { name: 'Temporal', state: temporal, help: 'Webhooks are kept; tickets wait until it is back.' },
    {
      name: 'Worker',
      state: worker,
      help: worker === 'down' ? 'Nothing polls the queue.' : 'Not known while Temporal is away.',
    },
    {
      name: ticketSystem.name === 'desk' ? 'Tickets: the built-in desk' : 'Tickets: ConnectWise',
      state: ticketSystem.state,
      help: ticketSystem.reason ?? 'It does not answer; incidents wait and are taken up again by themselves.',
    },
    {
      name: `Language model: ${model.name}`,
      state: model.state,
      help:
        model.checkedAt === null
          ? 'Not asked yet: it is when the first ticket wants a root cause.'
          : `${model.reason ?? 'It does not answer.'} Tickets do not wait for it.`,
    },
  ];
  return (
    <ul className="rows" aria-label="Services">
      {rows.map(({ name, state, help }) => (
        <li key={name}>
          <span>
            {name}
            {state !== 'up' && <small className="quiet block">{help}</small>}
          </span>
          <span className={`state ${TONES[state]}`}>{state === 'warning' ? 'unknown' : state}</span>
        </li>
      ))}
    </ul>
  );
}
