import { listSilences } from '../../../../../../server/heartbeats/silences.ts';
import { rest } from '../../../../../../server/rest.ts';

export const GET = rest(listSilences, { takes: 'query' });
