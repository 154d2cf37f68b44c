import { rest } from '../../../../server/rest.ts';
import { getSettings } from '../../../../server/settings/get.ts';
import { patchSettings } from '../../../../server/settings/patch.ts';

export const GET = rest(getSettings);
export const PATCH = rest(patchSettings, { takes: 'both' });
