import { PHASES } from '../../server/incidents/schemas.ts';
import { WORKFLOW_STATUSES, WORKFLOW_TYPES } from '../../server/workflows/schemas.ts';
import { Filters } from '../filters.tsx';

const named = (value: string) => ({ value, label: value.replaceAll('-', ' ') });

export function WorkflowFilters({ endpoints }: { endpoints: { value: string; label: string }[] }) {
  return (
    <Filters
      filters={[
        { kind: 'choice', name: 'type', label: 'Every kind', choices: Object.keys(WORKFLOW_TYPES).map(named) },
        { kind: 'choice', name: 'status', label: 'Every status', choices: Object.keys(WORKFLOW_STATUSES).map(named) },
        { kind: 'choice', name: 'phase', label: 'Every phase', choices: PHASES.map(named) },
        { kind: 'choice', name: 'endpoint', label: 'Every endpoint', choices: endpoints },
        {
          kind: 'choice',
          name: 'failing',
          label: 'Failing or not',
          choices: [
            { value: 'activities', label: 'Activities fail' },
            { value: 'tasks', label: 'Tasks fail' },
          ],
        },
      ]}
    />
  );
}
