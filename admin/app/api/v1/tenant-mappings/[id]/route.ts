import { rest } from '../../../../../server/rest.ts';
import {
  deleteTenantMapping,
  getTenantMapping,
  patchTenantMapping,
} from '../../../../../server/tenant-mappings/verbs.ts';

export const GET = rest(getTenantMapping);
export const PATCH = rest(patchTenantMapping, { takes: 'body' });
export const DELETE = rest(deleteTenantMapping, { status: 204 });
