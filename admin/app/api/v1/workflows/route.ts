import { rest } from '../../../../server/rest.ts';
import { listWorkflows } from '../../../../server/workflows/list.ts';

export const GET = rest(listWorkflows, { takes: 'query' });
