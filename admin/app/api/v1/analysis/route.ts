import { getAnalysis } from '../../../../server/analysis/get.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(getAnalysis);
