import { createWindow, listWindows } from '../../../../server/maintenance-windows/verbs.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(listWindows, { takes: 'query' });
export const POST = rest(createWindow, { takes: 'body', status: 201 });
