import { rest } from '../../../server/rest.ts';
import { checkServices } from '../../../server/services/check-services.ts';

export const GET = rest(checkServices, { status: ({ database }) => (database === 'up' ? 200 : 503) });
