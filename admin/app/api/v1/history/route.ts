import { listHistory } from '../../../../server/history/list.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(listHistory, { takes: 'query' });
