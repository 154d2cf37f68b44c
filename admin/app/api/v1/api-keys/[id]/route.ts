import { getApiKey, revokeApiKey } from '../../../../../server/api-keys/verbs.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(getApiKey);
export const DELETE = rest(revokeApiKey, { status: 204 });
