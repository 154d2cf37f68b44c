import { listHeartbeats } from '../../../../server/heartbeats/list.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(listHeartbeats, { takes: 'query' });
