import { dryRunEndpoint } from '../../../../../../server/endpoints/dry-run.ts';
import { rest } from '../../../../../../server/rest.ts';

export const POST = rest(dryRunEndpoint, { takes: 'exact-body' });
