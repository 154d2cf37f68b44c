import { undeleteEndpoint } from '../../../../../../server/endpoints/undelete.ts';
import { rest } from '../../../../../../server/rest.ts';

export const POST = rest(undeleteEndpoint);
