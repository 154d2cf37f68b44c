import { rest } from '../../../../../server/rest.ts';
import { getActivity } from '../../../../../server/stats/get-activity.ts';

export const GET = rest(getActivity);
