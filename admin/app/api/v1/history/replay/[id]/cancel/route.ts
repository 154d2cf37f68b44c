import { cancelBulkReplay } from '../../../../../../../server/history/bulk/runs.ts';
import { rest } from '../../../../../../../server/rest.ts';

export const POST = rest(cancelBulkReplay);
