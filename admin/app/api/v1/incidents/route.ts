import { listIncidents } from '../../../../server/incidents/list.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(listIncidents, { takes: 'query' });
