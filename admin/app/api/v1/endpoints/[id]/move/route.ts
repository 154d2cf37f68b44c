import { moveEndpoint } from '../../../../../../server/endpoints/move.ts';
import { rest } from '../../../../../../server/rest.ts';

export const POST = rest(moveEndpoint, { takes: 'body' });
