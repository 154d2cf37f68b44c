import { ALERT_ACTIONS, WEBHOOK_STATUSES } from '../../server/history/schemas.ts';
import { Filters } from '../filters.tsx';

const LEAST = 3;
const same = (value: string) => ({ value, label: value });

/** What the history can be asked for; a text that is too short for the whole of it says so. */
export function HistoryFilters({
  endpoints,
  q,
}: {
  endpoints: readonly { id: string; name: string }[];
  q: string | undefined;
}) {
  return (
    <>
      <Filters
        filters={[
          { kind: 'search', name: 'q', label: 'Search summary, message, error or request id' },
          {
            kind: 'choice',
            name: 'endpoint',
            label: 'Every endpoint',
            choices: endpoints.map(({ id, name }) => ({ value: id, label: name })),
          },
          { kind: 'choice', name: 'status', label: 'Every status', choices: WEBHOOK_STATUSES.map(same) },
          { kind: 'choice', name: 'action', label: 'Every action', choices: ALERT_ACTIONS.map(same) },
          { kind: 'text', name: 'ticket', label: 'Ticket' },
          { kind: 'text', name: 'source', label: 'Source address' },
          { kind: 'time', name: 'from', label: 'From' },
          { kind: 'time', name: 'to', label: 'To' },
        ]}
      />
      {q !== undefined && q.length < LEAST && (
        <p className="quiet">
          One or two letters are looked for in the newest 20,000 of the range; with three it is all of it.
        </p>
      )}
    </>
  );
}
