import { createApiKey, listApiKeys } from '../../../../server/api-keys/verbs.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(listApiKeys, { takes: 'query' });
export const POST = rest(createApiKey, { takes: 'body', status: 201 });
