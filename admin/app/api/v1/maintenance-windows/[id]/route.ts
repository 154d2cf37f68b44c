import { deleteWindow, getWindow, patchWindow } from '../../../../../server/maintenance-windows/verbs.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(getWindow);
export const PATCH = rest(patchWindow, { takes: 'body' });
export const DELETE = rest(deleteWindow, { status: 204 });
