import { testEndpoint } from '../../../../../../server/endpoints/test.ts';
import { rest } from '../../../../../../server/rest.ts';

export const POST = rest(testEndpoint, { takes: 'body', status: 202 });
