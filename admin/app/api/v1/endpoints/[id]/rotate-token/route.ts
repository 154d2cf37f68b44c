import { rotateToken } from '../../../../../../server/endpoints/rotate-token.ts';
import { rest } from '../../../../../../server/rest.ts';

export const POST = rest(rotateToken, { takes: 'body' });
