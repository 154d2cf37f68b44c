import { deleteEndpoint } from '../../../../../server/endpoints/delete.ts';
import { getEndpoint } from '../../../../../server/endpoints/get.ts';
import { patchEndpoint } from '../../../../../server/endpoints/patch.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(getEndpoint);
export const PATCH = rest(patchEndpoint, { takes: 'both' });
export const DELETE = rest(deleteEndpoint, { takes: 'query', status: 204 });
