import { getWebhook } from '../../../../../server/history/get.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(getWebhook);
