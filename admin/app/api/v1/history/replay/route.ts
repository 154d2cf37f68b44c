import { listBulkReplays } from '../../../../../server/history/bulk/runs.ts';
import { startBulkReplayVerb } from '../../../../../server/history/bulk/start.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(listBulkReplays);
export const POST = rest(startBulkReplayVerb, { takes: 'body', status: (answer) => ('id' in answer ? 202 : 200) });
