import { getIncident } from '../../../../../server/incidents/get.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(getIncident);
