import { rest } from '../../../../../server/rest.ts';
import { getAgreement } from '../../../../../server/workflows/get-agreement.ts';

export const GET = rest(getAgreement);
