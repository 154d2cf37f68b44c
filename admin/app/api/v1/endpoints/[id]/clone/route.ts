import { cloneEndpoint } from '../../../../../../server/endpoints/clone.ts';
import { rest } from '../../../../../../server/rest.ts';

export const POST = rest(cloneEndpoint, { status: 201 });
