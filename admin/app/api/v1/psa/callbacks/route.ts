import { getCallbacks, registerCallbacks, removeCallbacks } from '../../../../../server/psa/callbacks.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(getCallbacks);
export const POST = rest(registerCallbacks);
export const DELETE = rest(removeCallbacks);
