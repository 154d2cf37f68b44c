import { SEARCH_ATTRIBUTES } from '../../../workflows/contracts/search-attributes.ts';
import { WORKFLOW_STATUSES, WORKFLOW_TYPES, type WorkflowQuery } from './schemas.ts';

/** What is asked for, in the language of Temporal's visibility. Every value is one of a closed list, or an id. */
export function visibilityQuery({ type, status, phase, endpoint, failing }: WorkflowQuery): string {
  const isOurs = `(${Object.values(WORKFLOW_TYPES)
    .map((name) => `WorkflowType = '${name}'`)
    .join(' OR ')})`;
  return [
    type ? `WorkflowType = '${WORKFLOW_TYPES[type]}'` : isOurs,
    ...(status ? [`ExecutionStatus = '${WORKFLOW_STATUSES[status]}'`] : []),
    ...(phase ? [`${SEARCH_ATTRIBUTES.phase} = '${phase}'`] : []),
    ...(endpoint ? [`${SEARCH_ATTRIBUTES.endpoint} = '${endpoint}'`] : []),
    ...(failing ? [`ExecutionStatus = 'Running'`] : []),
    ...(failing === 'tasks' ? ['TemporalReportedProblems IS NOT NULL'] : []),
  ].join(' AND ');
}
