import { restoreVersion } from '../../../../../../../../server/endpoints/restore-version.ts';
import { rest } from '../../../../../../../../server/rest.ts';

export const POST = rest(restoreVersion, { takes: 'query' });
