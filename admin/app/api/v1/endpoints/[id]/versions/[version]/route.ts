import { getVersion } from '../../../../../../../server/endpoints/versions.ts';
import { rest } from '../../../../../../../server/rest.ts';

export const GET = rest(getVersion);
