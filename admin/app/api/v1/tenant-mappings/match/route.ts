import { rest } from '../../../../../server/rest.ts';
import { matchTenant } from '../../../../../server/tenant-mappings/match.ts';

export const GET = rest(matchTenant, { takes: 'query' });
