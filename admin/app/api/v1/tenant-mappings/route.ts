import { rest } from '../../../../server/rest.ts';
import { createTenantMapping, listTenantMappings } from '../../../../server/tenant-mappings/verbs.ts';

export const GET = rest(listTenantMappings, { takes: 'query' });
export const POST = rest(createTenantMapping, { takes: 'body', status: 201 });
