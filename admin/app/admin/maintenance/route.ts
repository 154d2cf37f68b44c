import { readMaintenance, toggleMaintenance } from '../../../server/hookwise-addresses/maintenance.ts';
import { rest } from '../../../server/rest.ts';

export const GET = rest(readMaintenance);
export const POST = rest(toggleMaintenance, { takes: 'body' });
