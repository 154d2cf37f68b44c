import { rest } from '../../../../server/rest.ts';
import { getStats } from '../../../../server/stats/get.ts';

export const GET = rest(getStats, { takes: 'query' });
