import { changeEndpoints } from '../../../../../server/endpoints/bulk.ts';
import { rest } from '../../../../../server/rest.ts';

export const POST = rest(changeEndpoints, { takes: 'body' });
