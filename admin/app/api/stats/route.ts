import { rest } from '../../../server/rest.ts';
import { getHookwiseStats } from '../../../server/hookwise-addresses/stats.ts';

export const GET = rest(getHookwiseStats);
