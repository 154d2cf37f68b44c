import { checkAnalysis } from '../../../../../server/analysis/check.ts';
import { rest } from '../../../../../server/rest.ts';

export const POST = rest(checkAnalysis);
