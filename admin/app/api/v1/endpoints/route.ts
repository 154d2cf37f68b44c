import { createEndpoint } from '../../../../server/endpoints/create.ts';
import { listEndpoints } from '../../../../server/endpoints/list.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(listEndpoints, { takes: 'query' });
export const POST = rest(createEndpoint, { takes: 'both', status: 201 });
