import { exportChosen } from '../../../../../server/transfer/routes.ts';

export { exportChosen as POST };
