import { getBulkReplay } from '../../../../../../server/history/bulk/runs.ts';
import { rest } from '../../../../../../server/rest.ts';

export const GET = rest(getBulkReplay);
