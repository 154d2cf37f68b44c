import { replayWebhook } from '../../../../server/history/replay.ts';
import { rest } from '../../../../server/rest.ts';

export const POST = rest(replayWebhook, { takes: 'body', status: 202 });
