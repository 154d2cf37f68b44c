import { exportWithBody, exportWithQuery } from '../../../../server/transfer/routes.ts';

export { exportWithQuery as GET, exportWithBody as POST };
