import { compareWebhooks } from '../../../../../../../server/history/compare.ts';
import { rest } from '../../../../../../../server/rest.ts';

export const GET = rest(compareWebhooks);
