import { rest } from '../../../../../server/rest.ts';
import { getPulse } from '../../../../../server/stats/get-pulse.ts';

export const GET = rest(getPulse);
