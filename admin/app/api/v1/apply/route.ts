import { applyRoute } from '../../../../server/transfer/routes.ts';

export { applyRoute as POST };
