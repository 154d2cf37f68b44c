import { getIncidentRun } from '../../../../../../server/incidents/get-run.ts';
import { rest } from '../../../../../../server/rest.ts';

export const GET = rest(getIncidentRun);
