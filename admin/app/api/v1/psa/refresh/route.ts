import { getRefresh } from '../../../../../server/psa/get-refresh.ts';
import { refreshCatalog } from '../../../../../server/psa/refresh-catalog.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(getRefresh);
export const POST = rest(refreshCatalog, { status: 202 });
