import { importRoute } from '../../../../../server/transfer/routes.ts';

export { importRoute as POST };
