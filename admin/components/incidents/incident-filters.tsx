import { PHASES } from '../../server/incidents/schemas.ts';
import { Filters } from '../filters.tsx';

/** The filters of the incidents, list and board alike. */
export function IncidentFilters({ endpoints }: { endpoints: { value: string; label: string }[] }) {
  return (
    <Filters
      filters={[
        { kind: 'search', name: 'q', label: 'Search summaries' },
        { kind: 'choice', name: 'endpoint', label: 'Every endpoint', choices: endpoints },
        {
          kind: 'choice',
          name: 'phase',
          label: 'Every phase',
          choices: PHASES.map((value) => ({ value, label: value })),
        },
        {
          kind: 'choice',
          name: 'open',
          label: 'Open and over',
          choices: [
            { value: 'true', label: 'Open' },
            { value: 'false', label: 'Over' },
          ],
        },
        { kind: 'text', name: 'ticket', label: 'Ticket' },
      ]}
    />
  );
}
