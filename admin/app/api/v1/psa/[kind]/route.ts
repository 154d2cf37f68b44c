import { listCatalog } from '../../../../../server/psa/list-catalog.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(listCatalog, { takes: 'query' });
